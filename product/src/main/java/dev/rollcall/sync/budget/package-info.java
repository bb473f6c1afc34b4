/**
 * How many calls a target outside may still be made. {@link dev.rollcall.sync.budget.RateBudget} is
 * what a worker asks; what is thought about one bucket is in {@code Bucket}, without I/O.
 */
@NullMarked
package dev.rollcall.sync.budget;

import org.jspecify.annotations.NullMarked;
