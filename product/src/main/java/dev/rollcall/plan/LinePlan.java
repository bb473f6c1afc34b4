package dev.rollcall.plan;

import dev.rollcall.model.LineStatus;
import org.jspecify.annotations.Nullable;

/**
 * What to do for one line of a request.
 *
 * @param plan its changes; stopped when nothing can be done for it
 * @param status what the line ends as once the changes were made: COMP, WARN or ERR
 * @param text what a person should know, null when nothing
 */
public record LinePlan(Plan plan, LineStatus status, @Nullable String text) {}
