/**
 * What the tests of all simulators use: a listener that remembers, and a driver of control APIs.
 */
@NullMarked
package dev.rollcall.simulators.testing;

import org.jspecify.annotations.NullMarked;
