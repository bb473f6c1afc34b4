package dev.rollcall.db;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of a database up to date. */
final class Migrations {
  static final String LOCATION = "classpath:dev/rollcall/db/migration";

  /** Seconds another process may take for its migrations before this one gives up. */
  private static final int LOCK_ATTEMPTS = 600;

  private final DataSource patient;

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
      Flyway.configure(Migrations.class.getClassLoader())
          .loggers(QuietFlywayLog.class.getName())
          .dataSource(patient)
          .locations(location)
          .lockRetryCount(LOCK_ATTEMPTS)
          .initSql("set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'")
          // The lock of a transaction would be lost to the server's time limit for idle ones.
          .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
          .load()
          .migrate();
    } catch (FlywayException failure) {
      throw new DatabaseException(
          "The tables could not be brought up to date: " + failure.getMessage(), failure);
    }
  }
}
