/**
 * Event to outcome. {@link dev.rollcall.sync.Worker} is the page to read: it works one claim from
 * fetch to plan, and {@code Settlement} writes what came of it in one transaction.
 */
@NullMarked
package dev.rollcall.sync;

import org.jspecify.annotations.NullMarked;
