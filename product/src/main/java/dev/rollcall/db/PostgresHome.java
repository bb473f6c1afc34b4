package dev.rollcall.db;

import java.nio.file.Path;

/**
 * Where the local PostgreSQL keeps what it needs.
 *
 * @param directory everything of the local PostgreSQL, {@code <home>/postgres}
 */
record PostgresHome(Path directory) {
  /** What is being made carries this prefix until it is whole; anything left over is rubbish. */
  static final String TEMPORARY = "tmp-";

  static PostgresHome below(Path home) {
    return new PostgresHome(home.toAbsolutePath().normalize().resolve("postgres"));
  }

  Path data() {
    return directory.resolve("data");
  }

  Path log() {
    return directory.resolve("log");
  }

  Path startLog() {
    return log().resolve("start.log");
  }

  Path lock() {
    return directory.resolve("lock");
  }

  Path password() {
    return directory.resolve("password");
  }

  Path port() {
    return directory.resolve("port");
  }

  Path binaries() {
    return directory.resolve(PostgresBinaries.VERSION);
  }
}
