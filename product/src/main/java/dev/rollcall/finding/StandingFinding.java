package dev.rollcall.finding;

import dev.rollcall.model.SubjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finding that waits for a person.
 *
 * @param since when it was noticed first, on Rollcall's clock
 * @param lastSeen when it was noticed last
 * @param seen how often
 * @param event where it was noticed last, or null
 */
public record StandingFinding(
    long id,
    String kind,
    String instance,
    SubjectKey subject,
    String text,
    Instant since,
    Instant lastSeen,
    long seen,
    @Nullable Long event) {}
