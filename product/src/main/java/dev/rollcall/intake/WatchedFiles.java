package dev.rollcall.intake;

import java.nio.file.attribute.BasicFileAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is known of the files in one watched directory: all processes and the next start know it,
 * too.
 */
final class WatchedFiles {

  /** No clock of a file server is taken at its word beyond these. */
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  /**
   * A file as it looked; while two looks are equal, nobody wrote in between.
   *
   * @param modified to the microsecond, which is what the database keeps
   */
  record Look(String name, long size, Instant modified) {
    static Look at(String name, BasicFileAttributes attributes) {
      Instant modified = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS);
      if (modified.isBefore(EARLIEST)) {
        modified = EARLIEST;
      }
      return new Look(name, attributes.size(), modified.isAfter(LATEST) ? LATEST : modified);
    }
  }

  /** How a file stands. */
  enum State {
    /** It waits until nobody writes into it any more. */
    SEEN,
    /** Something in it could not be taken in. */
    KEPT,
    /** All of it was taken in; it only has to be moved away. */
    TAKEN
  }

  /**
   * A file that is known.
   *
   * @param since when it first looked as it does, on Rollcall's clock
   * @param reason why it is kept, null for others
   */
  record Known(Look look, State state, Instant since, @Nullable String reason) {}

  private final JdbcClient jdbc;
  private final String instance;

  WatchedFiles(JdbcClient jdbc, String instance) {
    this.jdbc = jdbc;
    this.instance = instance;
  }

  Optional<Known> known(String name) {
    return jdbc.sql(
            "select * from watched_file where instance = :instance and name = :name order by name")
        .param("instance", instance)
        .param("name", name)
        .query(WatchedFiles::known)
        .optional();
  }

  /** Those that are kept, by name. */
  List<Known> kept() {
    return jdbc.sql(
            "select * from watched_file where instance = :instance and state = 'KEPT' order by name")
        .param("instance", instance)
        .query(WatchedFiles::known)
        .list();
  }

  void put(Known known) {
    jdbc.sql(
            """
            insert into watched_file (instance, name, size, modified_at, state, since, reason)
            values (:instance, :name, :size, :modified, :state, :since, :reason)
            on conflict (instance, name) do update set size = excluded.size,
              modified_at = excluded.modified_at, state = excluded.state, since = excluded.since,
              reason = excluded.reason
            """)
        .param("instance", instance)
        .param("name", known.look().name())
        .param("size", known.look().size())
        .param("modified", utc(known.look().modified()))
        .param("state", known.state().name())
        .param("since", utc(known.since()))
        .param("reason", known.reason())
        .update();
  }

  /** Forgets all files but these. */
  void keepOnly(List<String> names) {
    jdbc.sql(
            "delete from watched_file where instance = :instance and not name = any(:names::text[])")
        .param("instance", instance)
        .param("names", names.toArray(String[]::new))
        .update();
  }

  void forget(String name) {
    jdbc.sql("delete from watched_file where instance = :instance and name = :name")
        .param("instance", instance)
        .param("name", name)
        .update();
  }

  /**
   * Remembers how the last look at the directory went.
   *
   * @param trouble what went wrong, null when nothing did
   */
  void looked(Instant at, @Nullable String trouble) {
    jdbc.sql(
            """
            insert into watched_directory (instance, looked_at, trouble)
            values (:instance, :at, :trouble)
            on conflict (instance) do update
              set looked_at = excluded.looked_at, trouble = excluded.trouble
            """)
        .param("instance", instance)
        .param("at", utc(at))
        .param("trouble", trouble)
        .update();
  }

  /** The last look at the directory; the trouble is null when there was none. */
  record LastLook(Instant at, @Nullable String trouble) {}

  Optional<LastLook> lastLook() {
    return jdbc.sql("select looked_at, trouble from watched_directory where instance = :instance")
        .param("instance", instance)
        .query((row, number) -> new LastLook(instant(row, "looked_at"), row.getString("trouble")))
        .optional();
  }

  private static Known known(ResultSet row, int number) throws SQLException {
    return new Known(
        new Look(row.getString("name"), row.getLong("size"), instant(row, "modified_at")),
        State.valueOf(row.getString("state")),
        instant(row, "since"),
        row.getString("reason"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
