package dev.rollcall.web.health;

import dev.rollcall.web.WebParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether this process can be sent requests: the database answers, its tables are those of this
 * version, and the process is not about to end. Never takes longer than two seconds.
 */
public final class Readiness {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Glance<Boolean> migrated;
  private volatile boolean ending;

  public Readiness(WebParts parts) {
    this.migrated = new Glance<>(parts.health().database()::isMigrated, FRESH, PATIENCE);
  }

  /** From now on it is not ready, whatever else is well. */
  public void end() {
    ending = true;
  }

  /** What is missing, each in a sentence; empty when it is ready. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (ending) {
      missing.add("This process is ending.");
    }
    Optional<Boolean> tables = migrated.now();
    if (tables.isEmpty()) {
      missing.add("The database does not answer.");
    } else if (!tables.get()) {
      missing.add(
          "The tables of the database are not those of this version; a restart brings them up to date.");
    }
    return missing;
  }
}
