package dev.rollcall.finding;

import dev.rollcall.model.SubjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something for a person to look at.
 *
 * @param text what it is and the way out, in one line; the same text means the same thing
 * @param event where it was noticed, or null
 * @param until when it is over by itself, null when only another look can tell
 */
public record Finding(
    FindingKind kind,
    String instance,
    SubjectKey subject,
    String text,
    @Nullable Long event,
    @Nullable Instant until) {}
