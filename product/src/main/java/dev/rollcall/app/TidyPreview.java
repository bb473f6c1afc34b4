package dev.rollcall.app;

import dev.rollcall.audit.Audit;
import dev.rollcall.config.Settings;
import dev.rollcall.db.Database;
import dev.rollcall.db.DatabaseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Says what housekeeping would remove, whether the service runs or not; changes nothing. */
public final class TidyPreview {

  private TidyPreview() {}

  /** No Rollcall of this version has run on the database. */
  public static final class NoTables extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTables() {
      super(
          "The database has no tables of this version of Rollcall; start it once with"
              + " 'rollcall serve --config FILE'");
    }
  }

  /**
   * Looks into the database that the settings name; the local server is started when it does not
   * run.
   *
   * @return as {@link dev.rollcall.sync.Tidied#told} says it
   * @throws DatabaseException when it cannot be reached
   * @throws NoTables when no Rollcall of this version has run on it
   */
  public static Map<String, Object> look(Settings settings, Home home) {
    try (Database database = Databases.connect(settings.database(), home)) {
      // The newest of the tables that are looked into, and of those the look itself needs.
      if (!isThere(database, "schedule") || !isThere(database, "campus_message")) {
        throw new NoTables();
      }
      Clock clock = clock(settings, database);
      Audit audit = new Audit(database.jdbc(), clock, new JsonMapper());
      return Parts.housekeeping(database, settings, audit, clock).look().told();
    }
  }

  private static boolean isThere(Database database, String table) {
    return database
        .jdbc()
        .sql("select to_regclass(:table) is not null")
        .param("table", table)
        .query(Boolean.class)
        .single();
  }

  private static Clock clock(Settings settings, Database database) {
    if (!settings.demo()) {
      return Clock.systemUTC();
    }
    long ahead = database.jdbc().sql("select seconds from clock_offset").query(Long.class).single();
    return Clock.offset(Clock.systemUTC(), Duration.ofSeconds(ahead));
  }
}
