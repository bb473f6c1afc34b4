package dev.rollcall.connector.okta;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which group a name means, remembered for a few minutes; also that there is none, or everybody who
 * is to be in it would cost a call. Safe for use by many threads.
 */
final class GroupIds {

  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Clock clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(Optional<String> id, Instant until) {}

  GroupIds(Clock clock) {
    this.clock = clock;
  }

  /** The id of the group with this name that takes members; empty when there is none. */
  Optional<String> find(String name, OktaClient client) {
    Instant now = Instant.now(clock);
    Known remembered = known.get(name);
    if (remembered != null && now.isBefore(remembered.until())) {
      return remembered.id();
    }
    List<String> ids =
        client.groupsNamed(name).stream()
            .filter(OktaGroup::takesMembers)
            .map(OktaGroup::id)
            .toList();
    // Of two that are called the same nobody knows which is meant.
    Optional<String> id = ids.size() == 1 ? Optional.of(ids.getFirst()) : Optional.empty();
    known.put(name, new Known(id, now.plus(REMEMBERED)));
    return id;
  }

  /** Told that what was remembered is not so any more. */
  void forget(String name) {
    known.remove(name);
  }
}
