package dev.rollcall.cli;

/** What an exit status means, for every command. */
final class ExitCode {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int REFUSED = 3;
  static final int NOT_FOUND = 4;

  private ExitCode() {}
}
