package dev.rollcall.db;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where the local PostgreSQL keeps what it needs.
 *
 * @param directory everything of the local PostgreSQL, {@code <home>/postgres}
 */
record PostgresHome(Path directory) {
  /** What is being made carries this prefix until it is whole; anything left over is rubbish. */
  static final String TEMPORARY = "tmp-";

  /** Programs of this and earlier versions of Rollcall. */
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  /** What a shell, which starts the server, or its settings would not take literally. */
  private static final Pattern UNUSABLE = Pattern.compile("[\"$`\\\\\\p{Cntrl}]");

  static PostgresHome below(Path home) {
    Path absolute = home.toAbsolutePath().normalize();
    if (UNUSABLE.matcher(absolute.toString()).find()) {
      throw new LocalPostgresException(
          "The local PostgreSQL can not live in "
              + absolute
              + ": no quotation marks, dollar signs, backquotes, backslashes or control characters,"
              + " please. Use another home.");
    }
    return new PostgresHome(absolute.resolve("postgres"));
  }

  /** Whether a child of the directory is half made, or the programs of another version. */
  boolean rubbish(Path child) {
    String name = child.getFileName().toString();
    return name.startsWith(TEMPORARY)
        || (VERSION.matcher(name).matches() && !name.equals(PostgresBinaries.VERSION));
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
