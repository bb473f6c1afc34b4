/**
 * Whether Rollcall survives: several real processes on one database, under load, killed, stopped
 * and ended at random moments.
 */
@NullMarked
package dev.rollcall.survival;

import org.jspecify.annotations.NullMarked;
