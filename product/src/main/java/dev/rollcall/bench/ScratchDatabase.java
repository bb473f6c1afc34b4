package dev.rollcall.bench;

import dev.rollcall.app.Databases;
import dev.rollcall.app.Home;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import java.nio.file.Path;

/** An empty, migrated database on the local PostgreSQL that is gone afterwards. */
public final class ScratchDatabase implements AutoCloseable {

  private final LocalPostgres postgres;
  private final String name;
  private final Database database;

  private ScratchDatabase(LocalPostgres postgres, String name) {
    this.postgres = postgres;
    this.name = name;
    postgres.dropDatabase(name);
    this.database = Database.local(postgres, name);
    database.migrate();
  }

  /** Makes one; a database of the same name left by a killed run is dropped. */
  public static ScratchDatabase open(Home home) {
    return new ScratchDatabase(Databases.local(home), "rollcall_bench");
  }

  public Database database() {
    return database;
  }

  /** The database's name on the local server. */
  String name() {
    return name;
  }

  /** Where its server keeps its data. */
  Path dataDirectory() {
    return postgres.ensureRunning().dataDirectory();
  }

  @Override
  public void close() {
    database.close();
    postgres.dropDatabase(name);
  }
}
