/**
 * The control API's small server, and one HTTP exchange over a plain socket that can be broken on
 * purpose.
 */
@NullMarked
package dev.rollcall.simulators.http;

import org.jspecify.annotations.NullMarked;
