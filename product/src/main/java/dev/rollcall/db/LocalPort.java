package dev.rollcall.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;

/** The port of the local server: found once, then kept as long as nobody else has it. */
final class LocalPort {
  /** Below the ports that systems give to outgoing connections, so that it stays free. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 29_999;
  private static final int ATTEMPTS = 200;

  private final PostgresHome home;
  private final SecureRandom random = new SecureRandom();

  LocalPort(PostgresHome home) {
    this.home = home;
  }

  /** The remembered port if it is free, otherwise another one. */
  int choose() throws IOException {
    int remembered = remembered();
    return remembered != 0 && free(remembered) ? remembered : another();
  }

  int another() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = random.nextInt(LOWEST, HIGHEST + 1);
      if (free(port)) {
        return port;
      }
    }
    throw new LocalPostgresException(
        "No free port for the local PostgreSQL between " + LOWEST + " and " + HIGHEST + ".");
  }

  void remember(int port) throws IOException {
    if (remembered() != port) {
      HomeFiles.write(home.directory(), home.port(), port + "\n", "rw-r--r--");
    }
  }

  private int remembered() throws IOException {
    try {
      int port = Integer.parseInt(Files.readString(home.port()).strip());
      return port > 0 && port < 65_536 ? port : 0;
    } catch (NoSuchFileException | NumberFormatException none) {
      return 0;
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
