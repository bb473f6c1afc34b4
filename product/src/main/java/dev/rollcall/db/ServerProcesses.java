package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The processes that work in a data directory. A number in a file proves nothing, because after a
 * reboot another program may have it; but PostgreSQL's processes, and only they, have the data
 * directory as their working directory. (A shell that a person left there is not called postgres.)
 */
final class ServerProcesses {
  private static final Path PROC = Path.of("/proc");

  private final Path dataDirectory;

  ServerProcesses(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  /** The postmaster that {@code postmaster.pid} names, if that is what the process is. */
  Optional<PostmasterFile> postmaster() throws IOException, InterruptedException {
    Optional<PostmasterFile> file = PostmasterFile.in(dataDirectory);
    return file.isPresent() && !working(List.of(file.get().pid())).isEmpty()
        ? file
        : Optional.empty();
  }

  /** Every process of the server, children whose postmaster was killed included. */
  Set<Long> all() throws IOException, InterruptedException {
    if (!Files.isDirectory(dataDirectory)) {
      return Set.of();
    }
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        pids.add(Long.parseLong(process.getFileName().toString()));
      }
    }
    return working(pids);
  }

  private Set<Long> working(List<Long> pids) throws IOException, InterruptedException {
    Set<Long> working = new TreeSet<>();
    List<String> hidden = new ArrayList<>();
    for (long pid : pids) {
      Path process = PROC.resolve(Long.toString(pid));
      try {
        if (Files.readString(process.resolve("comm")).strip().equals("postgres")
            && Files.isSameFile(dataDirectory, process.resolve("cwd"))) {
          working.add(pid);
        }
      } catch (AccessDeniedException denied) {
        hidden.add(Long.toString(pid));
      } catch (IOException gone) {
        // It ended while we looked.
      }
    }
    if (!hidden.isEmpty() && RunAs.ownerOf(dataDirectory) instanceof RunAs.OtherUser owner) {
      working.addAll(askAs(owner, hidden));
    }
    return working;
  }

  /** Root in a container may not look into the processes of others; they themselves may. */
  private Set<Long> askAs(RunAs owner, List<String> pids) throws IOException, InterruptedException {
    String script =
        "d=$1; shift; for p; do [ \"$d\" -ef \"/proc/$p/cwd\" ] && echo \"$p\"; done; true";
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", script, "sh", dataDirectory.toString()));
    command.addAll(pids);
    Command.Result result = Command.run(owner.command(command), Duration.ofSeconds(10));
    Set<Long> working = new TreeSet<>();
    if (result.ok()) {
      result.output().lines().map(Long::valueOf).forEach(working::add);
    }
    return working;
  }
}
