/**
 * The environment lock: nothing is worked from a copy. Rolling limits on what can do harm in
 * numbers, and the changes that are held by them.
 */
@NullMarked
package dev.rollcall.guard;

import org.jspecify.annotations.NullMarked;
