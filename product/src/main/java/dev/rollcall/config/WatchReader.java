package dev.rollcall.config;

import dev.rollcall.config.Settings.WatchSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code watch}: the directory in which an instance's full publications are put. */
final class WatchReader {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(1);

  private WatchReader() {}

  static WatchSettings read(Section section) {
    Path directory = path(section, "directory");
    Path archive = path(section, "archive");
    if (directory.equals(archive) && directory.isAbsolute()) {
      section.problemAt(
          "archive",
          "'%s.archive' must be another directory than '%s.directory'"
              .formatted(section.path(), section.path()));
    }
    WatchSettings watch =
        new WatchSettings(
            directory,
            archive,
            length(section, "every", Duration.ofMinutes(1)),
            length(section, "settle", Duration.ofSeconds(10)));
    section.done();
    return watch;
  }

  /**
   * Says where two instances would take each other's files.
   *
   * @param places the directories and archives of the instances before, by the name of theirs
   */
  static void checkOwn(
      Section instance, String name, @Nullable WatchSettings watch, Map<Path, String> places) {
    if (watch == null) {
      return;
    }
    for (Path path : new Path[] {watch.directory(), watch.archive()}) {
      String other = path.isAbsolute() ? places.putIfAbsent(path, name) : null;
      if (other != null && !other.equals(name)) {
        instance.problemAt(
            "watch",
            "'%s' is watched by, or the archive of, instance '%s' already; each needs its own"
                .formatted(path, other));
      }
    }
  }

  private static Path path(Section section, String key) {
    String text = section.required(key);
    try {
      Path path = Path.of(text).normalize();
      if (!text.isBlank() && !path.isAbsolute()) {
        section.problemAt(
            key, "'%s.%s' must be an absolute path: %s".formatted(section.path(), key, text));
      }
      return path;
    } catch (InvalidPathException wrong) {
      section.problemAt(key, "'%s.%s' is no path".formatted(section.path(), key));
      return Path.of("");
    }
  }

  private static Duration length(Section section, String key, Duration otherwise) {
    Duration length = section.duration(key, otherwise);
    if (length.compareTo(LEAST) < 0 || length.compareTo(MOST) > 0) {
      section.problemAt(key, "'%s.%s' must be from 1s to 24h".formatted(section.path(), key));
    }
    return length;
  }
}
