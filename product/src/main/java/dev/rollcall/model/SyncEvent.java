package dev.rollcall.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reason to look at one subject: a key, never a payload. The facts are fetched when it is
 * worked.
 *
 * @param id ascending in the order of appending, unique in the database
 * @param instance the instance that works it
 * @param subject who it is about
 * @param cause why it was appended
 * @param priority how urgent it is
 * @param status where it stands
 * @param attempt attempts used so far; a deferral uses none
 * @param due not worked before this time, on Rollcall's clock
 * @param parent the finished event it follows up, or null
 * @param appended when it was appended, on Rollcall's clock
 * @param finished when it reached its final status, or null
 * @param reason why it ended as it did or waits, in one line, or null
 * @param error the kind of the last failure, or null
 */
public record SyncEvent(
    long id,
    String instance,
    SubjectKey subject,
    Cause cause,
    Priority priority,
    EventStatus status,
    int attempt,
    Instant due,
    @Nullable Long parent,
    Instant appended,
    @Nullable Instant finished,
    @Nullable String reason,
    @Nullable ErrorKind error) {}
