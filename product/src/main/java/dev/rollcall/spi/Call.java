package dev.rollcall.spi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call to the other side, after it came to an end.
 *
 * @param bucket the rate bucket it was drawn from
 * @param method of HTTP
 * @param path without host, query and secrets
 * @param write whether it was to change something
 * @param status of HTTP; null when there was no whole answer
 * @param room what the answer says of the bucket; null when it says nothing
 * @param requestId by which the other side knows the call; null when it says none
 * @param said what it answered when it was no success, or what kept the answer away; null otherwise
 * @param took how long it took
 */
public record Call(
    String bucket,
    String method,
    String path,
    boolean write,
    @Nullable Integer status,
    @Nullable Room room,
    @Nullable String requestId,
    @Nullable String said,
    Duration took) {

  /**
   * What an answer says of its bucket, all of it on the other side's clock ({@code facts/okta.md
   * §4}).
   *
   * @param limit calls in a window for this credential; 0 with {@code remaining} 0 says that too
   *     many calls ran at once
   * @param remaining how many of them are left
   * @param resets when the window ends
   * @param at when the answer was given
   */
  public record Room(int limit, int remaining, Instant resets, Instant at) {

    /** Whether it says that too many calls ran at once, and nothing about the window. */
    public boolean tooManyAtOnce() {
      return limit == 0 && remaining == 0;
    }
  }
}
