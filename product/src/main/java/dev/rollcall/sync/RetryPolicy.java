package dev.rollcall.sync;

import dev.rollcall.model.ErrorKind;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether and when to try again, by the kind of failure alone. What a repetition cannot mend ends
 * at once, for a person to see.
 */
final class RetryPolicy {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int CONFLICTS = 3;

  /** An event that was tried this often ends as an error, whatever the kind. */
  static final int MAX_ATTEMPTS = 12;

  /**
   * How long to wait before the next attempt.
   *
   * @param attempts attempts used, this one included
   * @return empty when trying again cannot help
   */
  Optional<Duration> next(ErrorKind kind, int attempts) {
    if (attempts >= MAX_ATTEMPTS) {
      return Optional.empty();
    }
    return switch (kind) {
      case RATE_LIMITED, UNAVAILABLE, UNREADABLE -> Optional.of(doubled(attempts));
      case CONFLICT -> attempts < CONFLICTS ? Optional.of(Duration.ZERO) : Optional.empty();
      case REFUSED_CREDENTIALS -> Optional.of(LONGEST);
      case NOT_FOUND, INVALID -> Optional.empty();
    };
  }

  private static Duration doubled(int attempts) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
