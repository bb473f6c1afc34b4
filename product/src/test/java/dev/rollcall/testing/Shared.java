package dev.rollcall.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies beside the repository: Okta's own description, and recorded exchanges. */
public final class Shared {

  private Shared() {}

  /** The file; the test that asks is skipped where it is not there. */
  public static Path needed(String name) {
    Optional<Path> file = file(name);
    assumeTrue(file.isPresent(), "no shared/" + name + " above this folder");
    return file.orElseThrow();
  }

  /** The file, where it is there. */
  public static Optional<Path> file(String name) {
    String property = System.getProperty("rollcall.shared");
    Stream<Path> places =
        property != null
            ? Stream.of(Path.of(property))
            : Stream.<@Nullable Path>iterate(
                    Path.of("").toAbsolutePath(),
                    Objects::nonNull,
                    folder -> Objects.requireNonNull(folder).getParent())
                .map(folder -> Objects.requireNonNull(folder).resolve("shared"));
    return places.map(place -> place.resolve(name)).filter(Files::exists).findFirst();
  }
}
