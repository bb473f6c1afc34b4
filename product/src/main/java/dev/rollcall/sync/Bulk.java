package dev.rollcall.sync;

import dev.rollcall.spi.BulkTarget;
import dev.rollcall.spi.CallBudget;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What it takes to give another system many people together.
 *
 * @param tenant the system's name as a target of single accounts: whose login is linked there is
 *     somebody else's
 * @param together at most this many people in one session
 * @param between how long after a session was started the next one may be opened
 * @param gathering whether the source is being read just now: then more is to come, and a session
 *     that is not full yet waits for it
 */
public record Bulk(
    BulkTarget target,
    CallBudget budget,
    String tenant,
    int together,
    Duration between,
    BooleanSupplier gathering) {
  public Bulk {
    if (together < 1) {
      throw new IllegalArgumentException("A session has to be about somebody");
    }
  }
}
