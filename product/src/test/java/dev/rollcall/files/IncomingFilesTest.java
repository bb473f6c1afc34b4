package dev.rollcall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingFilesTest {

  @TempDir private Path directory;

  private List<String> names() throws IOException {
    return IncomingFiles.in(directory).stream().map(file -> file.getFileName().toString()).toList();
  }

  @Test
  void filesComeInTheOrderOfTheirNames() throws IOException {
    for (String name : List.of("b.xml", "a10.xml", "a2.XML", "B.xml")) {
      Files.createFile(directory.resolve(name));
    }
    assertThat(names()).containsExactly("B.xml", "a10.xml", "a2.XML", "b.xml");
  }

  @Test
  void whatIsHiddenLinkedOrNotWholeYetIsNone() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("c.xml"));
    for (String name :
        List.of(".a.xml", "a.xml.part", "a.xml.tmp", "a.part", "a.xml.rejects.jsonl", "a")) {
      Files.createFile(directory.resolve(name));
    }
    Files.createDirectory(directory.resolve("d.xml"));
    Files.createSymbolicLink(directory.resolve("e.xml"), elsewhere.resolve("c.xml"));
    Files.createSymbolicLink(directory.resolve("f.xml"), directory.resolve("nowhere"));
    assertThat(names()).isEmpty();
  }

  @Test
  void aDirectoryThatIsGoneIsAFailure() {
    assertThatThrownBy(() -> IncomingFiles.in(directory.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
