package dev.rollcall.access;

import dev.rollcall.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often one may try to sign in, counted in the database for all processes. An attempt counts
 * before the password is looked at, so that many at once cannot slip through together; one that
 * succeeds is taken back.
 */
final class Attempts {

  private final Database database;
  private final Clock clock;
  private final AccessSettings settings;

  Attempts(Database database, Clock clock, AccessSettings settings) {
    this.database = database;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Counts an attempt.
   *
   * @return empty when it may go on, else how long to wait
   */
  Optional<Duration> begin(String name, String address) {
    Instant now = Instant.now(clock);
    String origin = Network.origin(address);
    byte[] hash = RandomText.hash(Users.plain(name));
    return database.inTransaction(() -> {
      // Always the address first: two attempts never wait for each other.
      lock("address", origin);
      lock("name", HexFormat.of().formatHex(hash));
      database
          .jdbc()
          .sql("delete from sign_in_attempt where at <= :old")
          .param("old", at(now.minus(settings.window())))
          .update();
      Duration wait =
          longer(
              wait("address", origin, settings.failuresPerAddress(), now),
              wait("name_hash", hash, settings.failuresPerUser(), now));
      if (wait != null) {
        return Optional.of(wait);
      }
      database
          .jdbc()
          .sql("insert into sign_in_attempt (at, name_hash, address) values (:at, :name, :address)")
          .param("at", at(now))
          .param("name", hash)
          .param("address", origin)
          .update();
      return Optional.empty();
    });
  }

  /** Forgets what was tried for this name: whoever tried has now proved to be it. */
  static void forget(Database database, String name) {
    database
        .jdbc()
        .sql("delete from sign_in_attempt where name_hash = :name")
        .param("name", RandomText.hash(Users.plain(name)))
        .update();
  }

  /** Until the oldest of the last attempts that may be counts no more; null when there is room. */
  private @Nullable Duration wait(String column, Object value, int most, Instant now) {
    return database
        .jdbc()
        .sql(
            "select at from sign_in_attempt where %s = :value order by at desc offset :most limit 1"
                .formatted(column))
        .param("value", value)
        .param("most", most - 1)
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional()
        .map(counted -> Duration.between(now, counted.plus(settings.window())))
        .orElse(null);
  }

  private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) > 0 ? one : other;
  }

  private void lock(String kind, String value) {
    database
        .jdbc()
        .sql(
            "select pg_advisory_xact_lock(hashtext('dev.rollcall.sign-in.' || :kind),"
                + " hashtext(:value))")
        .param("kind", kind)
        .param("value", value)
        .query((row, number) -> true)
        .list();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
