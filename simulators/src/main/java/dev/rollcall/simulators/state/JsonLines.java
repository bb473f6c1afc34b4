package dev.rollcall.simulators.state;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An append-only file of JSON lines. A line is handed to the operating system in one write before
 * {@link #append} returns, so it survives a killed JVM; a torn last line is fenced off and skipped.
 */
public final class JsonLines implements AutoCloseable {
  private final OutputStream out;

  private JsonLines(OutputStream out) {
    this.out = out;
  }

  public static JsonLines open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      boolean torn = torn(file);
      // Not a channel: an interrupted thread would close a channel under everybody else.
      JsonLines lines = new JsonLines(new FileOutputStream(file.toFile(), true));
      if (torn) {
        lines.out.write('\n');
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized void append(Object line) {
    byte[] json = Json.MAPPER.writeValueAsBytes(line);
    byte[] whole = new byte[json.length + 1];
    System.arraycopy(json, 0, whole, 0, json.length);
    whole[json.length] = '\n';
    try {
      out.write(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over every readable line in order; a torn one is left out. */
  public static void read(Path file, Consumer<JsonNode> each) {
    if (!Files.exists(file)) {
      return;
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode parsed = parse(line);
        if (parsed.isObject()) {
          each.accept(parsed);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Moves a file aside under the next free number, so that nothing written is ever lost. */
  public static void rotate(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    String name = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
    int number = 1;
    while (Files.exists(file.resolveSibling(name + "." + number + ".jsonl"))) {
      number++;
    }
    try {
      Files.move(file, file.resolveSibling(name + "." + number + ".jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JacksonException torn) {
      return Json.MAPPER.missingNode();
    }
  }

  private static boolean torn(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(bytes.length() - 1);
      return bytes.read() != '\n';
    }
  }
}
