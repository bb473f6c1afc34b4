package dev.rollcall.sync;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The claims this process is working, so that their leases can be renewed. */
final class InFlight {

  private final Set<UUID> tokens = ConcurrentHashMap.newKeySet();

  void add(UUID token) {
    tokens.add(token);
  }

  void remove(UUID token) {
    tokens.remove(token);
  }

  Set<UUID> tokens() {
    return Set.copyOf(tokens);
  }
}
