/**
 * What every simulator keeps: append-only files that survive a kill, and a clock that can be moved.
 */
@NullMarked
package dev.rollcall.simulators.state;

import org.jspecify.annotations.NullMarked;
