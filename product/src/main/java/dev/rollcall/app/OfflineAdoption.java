package dev.rollcall.app;

import dev.rollcall.audit.Audit;
import dev.rollcall.config.Settings;
import dev.rollcall.db.Database;
import dev.rollcall.db.DatabaseException;
import dev.rollcall.guard.Difference;
import dev.rollcall.intake.EnvironmentAdoption;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Adopts a database whether the service runs or not. */
public final class OfflineAdoption {

  private OfflineAdoption() {}

  /**
   * Binds the database that the settings name to where it is now. The local server is started when
   * it does not run.
   *
   * @param why for whoever reads the audit
   * @return what differed, each in one sentence; nothing was done where nothing did
   * @throws DatabaseException when it cannot be reached
   */
  public static List<Difference> adopt(Settings settings, Home home, String why) {
    try (Database database = Databases.open(settings.database(), home)) {
      Clock clock = Clock.systemUTC();
      Audit audit = new Audit(database.jdbc(), clock, new JsonMapper());
      String by = System.getProperty("user.name", "somebody") + " on " + Machine.name();
      return new EnvironmentAdoption(
              database, Parts.environment(database, settings, clock), audit, () -> {})
          .adopt(by, why);
    }
  }
}
