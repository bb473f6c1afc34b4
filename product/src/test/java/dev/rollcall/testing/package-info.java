/** What the tests of several packages share. */
@NullMarked
package dev.rollcall.testing;

import org.jspecify.annotations.NullMarked;
