package dev.rollcall.db;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings the tables of a database up to date. */
final class Migrations {
  static final String LOCATION = "classpath:dev/rollcall/db/migration";

  /** Seconds another process may take for its migrations before this one gives up. */
  private static final int LOCK_ATTEMPTS = 600;

  private final DataSource patient;
  private volatile @Nullable String newest;

  /**
   * Takes connections for long statements.
   *
   * @param patient its connections wait for an answer as long as it takes
   */
  Migrations(DataSource patient) {
    this.patient = patient;
  }

  void run(String location) {
    try {
      Flyway flyway =
          Flyway.configure(Migrations.class.getClassLoader())
              .loggers(QuietFlywayLog.class.getName())
              .dataSource(patient)
              .locations(location)
              .lockRetryCount(LOCK_ATTEMPTS)
              .initSql("set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'")
              // The lock of a transaction would be lost to the server's time limit for idle ones.
              .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
              .load();
      flyway.migrate();
      MigrationInfo last = flyway.info().current();
      newest = last == null || last.getVersion() == null ? null : last.getVersion().getVersion();
    } catch (FlywayException failure) {
      throw new DatabaseException(
          "The tables could not be brought up to date: " + failure.getMessage(), failure);
    }
  }

  /**
   * Whether the tables are those that {@link #run} left, or newer: another process may have brought
   * them further since, and somebody may have put an older database in their place.
   */
  boolean stand(JdbcClient jdbc) {
    String version = newest;
    if (version == null) {
      return false;
    }
    try {
      return jdbc.sql(
              "select exists (select 1 from flyway_schema_history"
                  + " where version = :version and success)")
          .param("version", version)
          .query(Boolean.class)
          .single();
    } catch (BadSqlGrammarException noHistory) {
      return false;
    }
  }
}
