package dev.rollcall.app;

import dev.rollcall.access.Users;
import dev.rollcall.audit.Audit;
import dev.rollcall.config.Settings;
import dev.rollcall.db.Database;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/** Gives a user a new password when nobody can sign in any more; needs no running service. */
public final class PasswordReset {

  private PasswordReset() {}

  /**
   * Resets it in the database that the settings name; a local server is started for it.
   *
   * @throws dev.rollcall.access.RefusedAccess when there is no such user
   */
  public static Users.Fresh run(Settings settings, Home home, String user) {
    try (Database database = Databases.open(settings.database(), home)) {
      Clock clock = Clock.systemUTC();
      Audit audit = new Audit(database.jdbc(), clock, new JsonMapper());
      FirstPassword first = FirstPassword.of(home, database);
      return new Users(database, clock, audit, first::forget).resetPassword(user, "command line");
    }
  }
}
