package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;

/** Says in plain words why PostgreSQL, or the home it lives in, did not do what was asked. */
final class Failures {
  private Failures() {}

  /** Puts the likely cause in front of what a program said. */
  static String name(String what, String output) {
    return what + ": " + cause(output) + "\n" + output.strip();
  }

  static LocalPostgresException of(PostgresHome home, IOException failure) {
    String said = String.valueOf(failure.getMessage());
    String cause =
        failure instanceof AccessDeniedException
            ? "it can not be written by the user who runs Rollcall"
            : cause(said);
    return new LocalPostgresException(
        "The local PostgreSQL can not use " + home.directory() + ": " + cause + " (" + said + ").",
        failure);
  }

  private static String cause(String output) {
    String text = output.toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("disk quota exceeded")) {
      return "the disk is full";
    }
    if (text.contains("read-only file system")) {
      return "the file system is read-only";
    }
    if (text.contains("permission denied")) {
      return "it can not be written or entered by the user who runs PostgreSQL";
    }
    if (text.contains("look up effective user")) {
      return "the user who runs it has no name on this machine (no line in /etc/passwd)";
    }
    if (text.contains("error while loading shared libraries") || text.contains("glibc")) {
      return "its programs do not run on this Linux";
    }
    if (portTaken(text)) {
      return "its port is taken";
    }
    return "it said";
  }

  static boolean portTaken(String output) {
    return output.toLowerCase(Locale.ROOT).contains("address already in use");
  }
}
