package dev.rollcall.simulators.okta.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value and what it was before, so that an index that lags behind can be asked. What is older
 * than {@link #MEMORY} is forgotten.
 */
final class Timeline<T> {
  static final Duration MEMORY = Duration.ofMinutes(10);

  private record Version<T>(Instant since, @Nullable T value) {}

  private final List<Version<T>> versions = new ArrayList<>(2);

  void put(Instant since, @Nullable T value) {
    versions.add(new Version<>(since, value));
    Instant horizon = since.minus(MEMORY);
    while (versions.size() > 1 && !versions.get(1).since().isAfter(horizon)) {
      versions.removeFirst();
    }
  }

  /** The clock was set back: what there is now has always been so, for an index that lags. */
  void setBack(Instant now) {
    if (!versions.isEmpty() && versions.getLast().since().isAfter(now)) {
      Version<T> last = versions.getLast();
      versions.clear();
      versions.add(new Version<>(Instant.MIN, last.value()));
    }
  }

  /** What it was at an instant; empty where it was not there yet, or not any more. */
  Optional<T> at(Instant when) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (!versions.get(i).since().isAfter(when)) {
        return Optional.ofNullable(versions.get(i).value());
      }
    }
    return Optional.empty();
  }

  /** What it is now. */
  Optional<T> latest() {
    return versions.isEmpty() ? Optional.empty() : Optional.ofNullable(versions.getLast().value());
  }
}
