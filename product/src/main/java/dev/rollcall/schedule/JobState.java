package dev.rollcall.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job stands.
 *
 * @param due when it runs next, on Rollcall's clock
 * @param runningOn the process that runs it now; null when none does
 * @param began when its last turn began, on Rollcall's clock; null before the first
 * @param ended when its last turn that came to an end did; null before the first
 * @param outcome of that turn; null before the first
 * @param said what that turn did, or why it failed
 */
public record JobState(
    String job,
    Instant due,
    @Nullable String runningOn,
    @Nullable Instant began,
    @Nullable Instant ended,
    @Nullable Outcome outcome,
    @Nullable String said) {

  /** How a turn ended. */
  public enum Outcome {
    /** All was done. */
    DONE,
    /** It threw; tried again next time. */
    FAILED,
    /** Its process was told to end; due at once, for whoever is there. */
    STOPPED
  }
}
