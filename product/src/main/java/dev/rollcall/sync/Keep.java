package dev.rollcall.sync;

import java.time.Duration;

/**
 * How long what is past is kept; each at least a day.
 *
 * @param events finished events that say nothing any more
 * @param messages what was sent, as it came
 * @param audit every decision
 */
public record Keep(Duration events, Duration messages, Duration audit) {}
