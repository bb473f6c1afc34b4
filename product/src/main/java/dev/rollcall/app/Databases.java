package dev.rollcall.app;

import dev.rollcall.config.Secret;
import dev.rollcall.config.Settings.DatabaseSettings;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;

/** Opens the database that the settings name. */
public final class Databases {

  private Databases() {}

  /** The local PostgreSQL of this home. */
  public static LocalPostgres local(Home home) {
    return new LocalPostgres(home.directory());
  }

  /**
   * Opens it and brings its tables up to date; the local server is started when it does not run.
   *
   * @throws RuntimeException whose message says what is wrong and which setting helps
   */
  public static Database open(DatabaseSettings settings, Home home) {
    Database database = connect(settings, home);
    try {
      database.migrate();
      return database;
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /** Opens it as it is; the local server is started when it does not run. */
  static Database connect(DatabaseSettings settings, Home home) {
    Secret password = settings.password();
    return settings.isLocal()
        ? Database.local(local(home), settings.name())
        : Database.external(
            settings.url(), settings.user(), password == null ? null : password.reveal());
  }
}
