/** The outside systems over real HTTP, written from their documented behaviour alone. */
@NullMarked
package dev.rollcall.simulators;

import org.jspecify.annotations.NullMarked;
