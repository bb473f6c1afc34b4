package dev.rollcall.connector.repository;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Between two questions asked at the same time: does a role exist, and who waits for it. Whoever
 * finds that a role is missing has committed before the seeding looks who waits, or finds the
 * seeded role; else somebody could wait whom nobody looks for. Held until the transaction ends.
 */
final class RoleLock {

  private RoleLock() {}

  /** Many may find at once that a role is missing. */
  static void forMissing(JdbcClient jdbc) {
    lock(jdbc, "pg_advisory_xact_lock_shared");
  }

  static void forSeeding(JdbcClient jdbc) {
    lock(jdbc, "pg_advisory_xact_lock");
  }

  private static void lock(JdbcClient jdbc, String function) {
    jdbc.sql("select count(%s(hashtext('dev.rollcall.role')))".formatted(function))
        .query(Long.class)
        .single();
  }
}
