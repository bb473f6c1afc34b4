package dev.rollcall.intake;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Ends a stream with a failure when one row of it does not end: a quote that is never closed would
 * make one text of the rest, however long.
 */
final class RowLimit extends FilterReader {

  /** More than any row has, and little memory. */
  static final int CHARACTERS = 1 << 20;

  /** The row did not end in time. */
  static final class Exceeded extends IOException {
    private static final long serialVersionUID = 1L;

    Exceeded() {
      super("a row is longer than " + CHARACTERS + " characters; is a quote not closed?");
    }
  }

  private int since;

  RowLimit(Reader in) {
    super(in);
  }

  /** A row has ended; what was read ahead counts for it. */
  void rowEnded() {
    since = 0;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(read);
    return read;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  private void count(int read) throws IOException {
    since += Math.max(read, 0);
    if (since > CHARACTERS) {
      throw new Exceeded();
    }
  }
}
