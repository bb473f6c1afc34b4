package dev.rollcall.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Tells on stderr how far a file is: bytes, people a second, time left. It counts what the service
 * has taken from the stream, which is what it has stored but for the last few parts.
 */
final class LoadProgress extends FilterInputStream {

  private static final long EVERY_NANOS = 500_000_000L;
  private static final byte[] END = "</Transaction>".getBytes(StandardCharsets.UTF_8);

  private final String name;
  private final long size;
  private final boolean terminal = Boolean.getBoolean("rollcall.terminal");
  private final long start = System.nanoTime();
  private long told = start;
  private long bytes;
  private long people;
  private int matched;

  LoadProgress(InputStream stream, String name, long size) {
    super(stream);
    this.name = name;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      count((byte) one);
      tell();
    }
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    for (int i = 0; i < read; i++) {
      count(buffer[offset + i]);
    }
    if (read >= 0) {
      tell();
    }
    return read;
  }

  private void count(byte one) {
    bytes++;
    matched = one == END[matched] ? matched + 1 : one == END[0] ? 1 : 0;
    if (matched == END.length) {
      people++;
      matched = 0;
    }
  }

  private void tell() {
    long now = System.nanoTime();
    if (now - told < EVERY_NANOS && bytes < size) {
      return;
    }
    told = now;
    double seconds = Math.max((now - start) / 1e9, 0.001);
    double left = bytes == 0 ? 0 : seconds * (size - bytes) / bytes;
    String line =
        String.format(
            Locale.ROOT,
            "%s  %3d %%  %,d of %,d KB  %,d people/s  %d s left",
            name,
            size == 0 ? 100 : bytes * 100 / size,
            bytes / 1024,
            size / 1024,
            Math.round(people / seconds),
            Math.round(left));
    System.err.print(terminal ? "\r" + line : line + "\n");
    if (terminal && bytes >= size) {
      System.err.println();
    }
  }
}
