package dev.rollcall.simulators.okta.limits;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls of others on the same tenant, scripted: an application that provisions too, or the tenant's
 * own people signing in.
 *
 * @param perMinute how many calls
 * @param burst whether a minute's calls come all at once at its beginning
 * @param from when it begins
 * @param until when it ends; null for never
 */
public record Traffic(
    String name,
    Kind kind,
    String bucket,
    int perMinute,
    boolean burst,
    Instant from,
    @Nullable Instant until) {

  /** Whose calls they are. */
  public enum Kind {
    LOGIN,
    COMPETITOR
  }

  /** When the call of this number, counted from 0, comes: milliseconds since 1970. */
  long at(long number) {
    long start = from.toEpochMilli();
    return burst ? start + number / perMinute * 60_000 : start + number * 60_000 / perMinute;
  }

  boolean over(long millis) {
    return until != null && millis >= until.toEpochMilli();
  }
}
