package dev.rollcall.db;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How PostgreSQL's processes are told to end. Whatever is used, nothing committed is lost. */
enum Signal {
  /** Roll back what is open, write everything out, end. */
  FAST("INT"),
  /** End at once; the next start recovers from the log. */
  IMMEDIATE("QUIT"),
  /** For a process that does not listen any more. */
  KILL("KILL");

  private final String name;

  Signal(String name) {
    this.name = name;
  }

  /** Sends it as the one who owns the server: root in a container may not be allowed to. */
  void send(RunAs runAs, Collection<Long> pids) throws IOException, InterruptedException {
    if (pids.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -" + name + " \"$@\"", "sh"));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    // One of them may be gone by now, which is what was wanted.
    Command.run(runAs.command(command), Duration.ofSeconds(10));
  }
}
