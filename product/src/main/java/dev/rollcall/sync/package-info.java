/**
 * Event to outcome. {@link dev.rollcall.sync.Worker} is the page to read: it works one claim;
 * {@code Thinker} goes from fetch to plan, {@code Settlement} writes what came of it in one
 * transaction.
 */
@NullMarked
package dev.rollcall.sync;

import org.jspecify.annotations.NullMarked;
