@NullMarked
package dev.rollcall.guard;

import org.jspecify.annotations.NullMarked;
