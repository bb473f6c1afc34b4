package dev.rollcall.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Passes lines on, but for the last one, which is kept. */
final class LastLineApart extends OutputStream {

  private final OutputStream lines;
  private final ByteArrayOutputStream current = new ByteArrayOutputStream();
  private @Nullable String last;

  LastLineApart(OutputStream lines) {
    this.lines = lines;
  }

  @Override
  public void write(int one) throws IOException {
    current.write(one);
    if (one == '\n') {
      endLine();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int begin = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        current.write(bytes, begin, i + 1 - begin);
        begin = i + 1;
        endLine();
      }
    }
    current.write(bytes, begin, offset + length - begin);
  }

  private void endLine() throws IOException {
    if (last != null) {
      lines.write(last.getBytes(StandardCharsets.UTF_8));
    }
    last = current.toString(StandardCharsets.UTF_8);
    current.reset();
  }

  /** The last line that came whole, or null when there was none or something stood behind it. */
  @Nullable String last() {
    return current.size() > 0 ? null : last;
  }
}
