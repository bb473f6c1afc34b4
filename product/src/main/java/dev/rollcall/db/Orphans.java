package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a server whose postmaster was killed. Its processes notice and go, unless one is
 * deep in a long statement; a new server must not start before the last of them has gone.
 */
final class Orphans {
  private static final Duration UNASKED = Duration.ofSeconds(3);
  private static final Duration ASKED = Duration.ofSeconds(6);

  private final Path dataDirectory;
  private final ServerProcesses processes;
  private @Nullable Deadline asking;
  private @Nullable Deadline killing;
  private boolean asked;

  /** Looked at again and again while one start waits. */
  Orphans(Path dataDirectory, ServerProcesses processes) {
    this.dataDirectory = dataDirectory;
    this.processes = processes;
  }

  /** Whether there are any. Those that take too long are asked to end, then made to. */
  boolean left() throws IOException, InterruptedException {
    Set<Long> left = processes.all();
    if (left.isEmpty()) {
      return false;
    }
    if (asking == null || killing == null) {
      asking = Deadline.in(UNASKED);
      killing = Deadline.in(ASKED);
    }
    if (killing.passed()) {
      Signal.KILL.send(RunAs.ownerOf(dataDirectory), left);
    } else if (asking.passed() && !asked) {
      asked = true;
      Signal.IMMEDIATE.send(RunAs.ownerOf(dataDirectory), left);
    }
    return true;
  }
}
