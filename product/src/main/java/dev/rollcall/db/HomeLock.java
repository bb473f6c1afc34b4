package dev.rollcall.db;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Held by whoever starts or stops the server: one thread of one process at a time. A file lock
 * alone does not do, because within one Java process a second attempt throws instead of waiting.
 */
final class HomeLock {
  /** Longer than a first start on a slow machine; nobody holds the lock while merely using it. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final ConcurrentMap<Path, ReentrantLock> IN_THIS_PROCESS =
      new ConcurrentHashMap<>();

  private HomeLock() {}

  /** What is done under the lock. */
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Waits until nobody else holds the lock, then works.
   *
   * @throws LocalPostgresException when the other one does not let go within five minutes
   */
  static <T> T holding(Path file, Work<T> work) throws IOException, InterruptedException {
    Path parent = file.toAbsolutePath().getParent();
    Path key = parent == null ? file : parent.toRealPath().resolve(file.getFileName());
    ReentrantLock threads = IN_THIS_PROCESS.computeIfAbsent(key, path -> new ReentrantLock());
    if (!threads.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw heldTooLong(file);
    }
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      waitFor(file, channel);
      return work.run(); // Closing the channel lets the others in.
    } finally {
      threads.unlock();
    }
  }

  private static void waitFor(Path file, FileChannel channel)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(PATIENCE);
    while (channel.tryLock() == null) {
      if (deadline.passed()) {
        throw heldTooLong(file);
      }
      Deadline.pause();
    }
  }

  private static LocalPostgresException heldTooLong(Path file) {
    return new LocalPostgresException(
        "Another Rollcall process has held "
            + file
            + " for more than "
            + PATIENCE.toMinutes()
            + " minutes while starting or stopping the local PostgreSQL. End that process, then"
            + " try again.");
  }
}
