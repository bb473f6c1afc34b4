package dev.rollcall.connector.okta;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who was put into which group and taken out of which a moment ago, because Okta's lists tell of it
 * only some seconds later. This process knows only what it did itself. Safe for use by many
 * threads.
 */
final class RecentMemberships {

  /** Far more than Okta's lists lag behind. */
  static final Duration REMEMBERED = Duration.ofSeconds(30);

  /** From here on it is worth looking for what is over. */
  private static final int MANY = 1_000;

  private record Membership(String userId, String group) {}

  private record Known(boolean member, Instant until) {}

  private final Clock clock;
  private final Map<Membership, Known> known = new ConcurrentHashMap<>();
  private volatile Instant tidyAt = Instant.MIN;

  RecentMemberships(Clock clock) {
    this.clock = clock;
  }

  void joined(String userId, String group) {
    remember(new Membership(userId, group), true);
  }

  void left(String userId, String group) {
    remember(new Membership(userId, group), false);
  }

  /** Told that nobody knows what it is now: what Okta lists counts. */
  void forget(String userId, String group) {
    known.remove(new Membership(userId, group));
  }

  private void remember(Membership membership, boolean member) {
    Instant now = Instant.now(clock);
    Instant until = now.plus(REMEMBERED);
    known.put(membership, new Known(member, until));
    if (known.size() > MANY && now.isAfter(tidyAt)) {
      tidyAt = until;
      known.values().removeIf(one -> !now.isBefore(one.until()));
    }
  }

  /**
   * The groups that somebody is in by now.
   *
   * @param listed those that Okta lists
   * @param asked of which groups it is to be told
   */
  Set<String> corrected(String userId, Set<String> listed, Set<String> asked) {
    Instant now = Instant.now(clock);
    Set<String> groups = new TreeSet<>(listed);
    for (String group : asked) {
      Known recent = known.get(new Membership(userId, group));
      if (recent != null && now.isBefore(recent.until())) {
        if (recent.member()) {
          groups.add(group);
        } else {
          groups.remove(group);
        }
      }
    }
    return groups;
  }
}
