/** Wiring in plain Java; the only place that knows everyone. */
@NullMarked
package dev.rollcall.app;

import org.jspecify.annotations.NullMarked;
