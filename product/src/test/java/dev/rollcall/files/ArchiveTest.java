package dev.rollcall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

  @TempDir private Path directory;

  private Path file(String folder, String name, String text) throws IOException {
    return Files.writeString(
        Files.createDirectories(directory.resolve(folder)).resolve(name), text);
  }

  @Test
  void whatLiesThereIsNeverWrittenOver() throws IOException {
    Archive archive = new Archive(Files.createDirectory(directory.resolve("archive")));
    for (String text : List.of("first", "second", "third")) {
      archive.take(file("in", "a.b.xml", text));
      archive.take(file("in", "plain", text));
    }
    assertThat(archive.directory().resolve("a.b.xml")).hasContent("first");
    assertThat(archive.directory().resolve("a.b-2.xml")).hasContent("second");
    assertThat(archive.directory().resolve("a.b-3.xml")).hasContent("third");
    assertThat(archive.directory().resolve("plain-3")).hasContent("third");
    assertThat(directory.resolve("in")).isEmptyDirectory();
  }

  @Test
  void whatCannotBeMovedStaysAndLeavesNothing() throws IOException {
    Archive archive = new Archive(Files.createDirectory(directory.resolve("archive")));
    assertThatThrownBy(() -> archive.take(directory.resolve("gone.xml")))
        .isInstanceOf(IOException.class);
    assertThat(archive.directory()).isEmptyDirectory();
    Path stays = file("in", "a.xml", "text");
    assertThatThrownBy(() -> new Archive(directory.resolve("nowhere")).take(stays))
        .isInstanceOf(IOException.class);
    assertThat(stays).hasContent("text");
  }

  @Test
  void manyAtOnceOfOneNameAreAllThere() throws Exception {
    Archive archive = new Archive(Files.createDirectory(directory.resolve("archive")));
    List<Future<?>> moves = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        Path one = file("in" + i, "a.xml", "text " + i);
        moves.add(threads.submit(() -> archive.take(one)));
      }
    }
    for (Future<?> move : moves) {
      move.get();
    }
    try (Stream<Path> there = Files.list(archive.directory())) {
      List<String> texts = new ArrayList<>();
      for (Path one : there.toList()) {
        texts.add(Files.readString(one));
      }
      assertThat(texts).hasSize(40).doesNotHaveDuplicates().doesNotContain("");
    }
  }
}
