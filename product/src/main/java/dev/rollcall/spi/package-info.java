/** What a connector says, may throw and is given. */
@NullMarked
package dev.rollcall.spi;

import org.jspecify.annotations.NullMarked;
