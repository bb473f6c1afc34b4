@NullMarked
package dev.rollcall.link;

import org.jspecify.annotations.NullMarked;
