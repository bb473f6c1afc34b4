package dev.rollcall.event;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Up to where the source of each instance has told who changed. */
public final class Checkpoints {

  private final JdbcClient jdbc;
  private final Clock clock;

  public Checkpoints(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Where an instance stands; empty before its first poll. */
  public Optional<String> of(String instance) {
    return jdbc.sql("select position from checkpoint where instance = :instance")
        .param("instance", instance)
        .query(String.class)
        .optional();
  }

  /**
   * From now on it stands there. To be called in the transaction that appends what follows from it
   * (promise 2).
   */
  public void put(String instance, String position) {
    jdbc.sql(
            "insert into checkpoint (instance, position, at) values (:instance, :position, :now)"
                + " on conflict (instance) do update set position = excluded.position,"
                + " at = excluded.at")
        .param("instance", instance)
        .param("position", position)
        .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
        .update();
  }
}
