package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.Path;

/** Another Rollcall process, as far as the local server is concerned. */
final class ServerProgram {
  private ServerProgram() {}

  /** Prints the server as port, blank, pid, then lives until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    LocalPostgres.Server server = new LocalPostgres(Path.of(arguments[0])).ensureRunning();
    System.out.println(server.port() + " " + server.pid());
    System.out.flush();
    while (System.in.read() != -1) {
      // Whoever started us says when it is enough.
    }
  }
}
