package dev.rollcall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedPlaceTest {

  @TempDir private Path directory;

  private Path made(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  @Test
  void twoDirectoriesOfOneFileSystemAreFineAndNothingIsLeftInThem() throws IOException {
    WatchedPlace place = new WatchedPlace(made("in"), made("out"));
    assertThat(place.trouble()).isEmpty();
    assertThat(place.tryMove()).isEmpty();
    assertThat(place.directory()).isEmptyDirectory();
    assertThat(place.archive()).isEmptyDirectory();
  }

  @Test
  void whatIsMissingOrNoDirectoryIsNamed() throws IOException {
    Path in = made("in");
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(new WatchedPlace(directory.resolve("gone"), in).trouble())
        .hasValueSatisfying(text -> assertThat(text).contains("no directory", "gone"));
    assertThat(new WatchedPlace(in, directory.resolve("gone")).trouble())
        .hasValueSatisfying(text -> assertThat(text).contains("no directory", "gone"));
    assertThat(new WatchedPlace(in, file).trouble())
        .hasValueSatisfying(text -> assertThat(text).contains("is no directory"));
    assertThat(new WatchedPlace(directory.resolve("gone"), in).tryMove()).isPresent();
  }

  @Test
  void anArchiveOnAnotherFileSystemIsToldSo() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory)
            && !Files.getFileStore(memory).equals(Files.getFileStore(directory)),
        "no second file system here");
    Path other = Files.createTempDirectory(memory, "rollcall");
    try {
      WatchedPlace place = new WatchedPlace(made("in"), other);
      assertThat(place.tryMove())
          .hasValueSatisfying(text -> assertThat(text).contains("different file systems"));
      assertThat(place.directory()).isEmptyDirectory();
      assertThat(other).isEmptyDirectory();
      Path file = Files.writeString(place.directory().resolve("a.xml"), "text");
      assertThat(new Archive(other).take(file)).hasContent("text");
      assertThat(place.directory()).isEmptyDirectory();
      Files.delete(other.resolve("a.xml"));
    } finally {
      Files.deleteIfExists(other);
    }
  }
}
