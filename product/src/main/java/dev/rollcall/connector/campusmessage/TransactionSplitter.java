package dev.rollcall.connector.campusmessage;

import dev.rollcall.spi.ImageInbox.Piece;
import dev.rollcall.spi.RefusedDelivery;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * Cuts a full publication into its Transactions by their tags alone, without parsing: a Transaction
 * that is not well-formed then spoils only itself, and a file that was cut off gives all that came
 * before. Rowset content holds no CDATA ({@code facts/oim-campus-connector.md §12}), so a tag is a
 * tag.
 */
final class TransactionSplitter {

  private static final int CHUNK = 1 << 16;
  private static final int COMPACT = 1 << 20;

  private enum Tag {
    BEGIN,
    END,
    EMPTY,
    OTHER,
    NONE
  }

  private final Reader reader;
  private final String node;
  private final int maxPiece;
  private final char[] chunk = new char[CHUNK];
  private final StringBuilder buffer = new StringBuilder(COMPACT + 2 * CHUNK);
  private int at;
  private int tagFrom;
  private int kept;
  private int line = 1;
  private int counted;
  private boolean ended;

  /**
   * @param node the local name of the element that holds one person
   * @param maxPiece characters one piece may have
   */
  TransactionSplitter(Reader reader, String node, int maxPiece) {
    this.reader = reader;
    this.node = node;
    this.maxPiece = maxPiece;
  }

  /** What stands before the first piece; all of it when there is none. */
  String head() throws IOException {
    Tag tag = nextTag();
    while (tag == Tag.OTHER) {
      tag = nextTag();
    }
    String head = buffer.substring(0, tag == Tag.NONE ? buffer.length() : tagFrom);
    at = head.length();
    return head;
  }

  /** The next piece with its own tags, or empty when there is no whole one left. */
  Optional<Piece> next() throws IOException {
    compact();
    kept = at;
    Tag tag = nextTag();
    while (tag != Tag.BEGIN) {
      if (tag == Tag.NONE) {
        at = kept;
        return Optional.empty();
      }
      if (tag == Tag.END || tag == Tag.EMPTY) {
        kept = at;
      }
      tag = nextTag();
    }
    int from = tagFrom;
    kept = from;
    int begins = lineOf(from);
    while (tag != Tag.END) {
      if (at - from > maxPiece) {
        throw new RefusedDelivery(
            RefusedDelivery.Kind.TOO_LARGE,
            "a " + node + " is longer than " + maxPiece + " characters, at line " + begins);
      }
      tag = nextTag();
      if (tag == Tag.NONE) {
        at = from;
        return Optional.empty();
      }
      if (tag == Tag.BEGIN) {
        // The end of the one before is missing: what follows is whole again.
        Piece broken = new Piece(begins, buffer.substring(from, tagFrom));
        at = tagFrom;
        return Optional.of(broken);
      }
    }
    return Optional.of(new Piece(begins, buffer.substring(from, at)));
  }

  /** What stands behind the last piece. */
  String tail() {
    return buffer.substring(at);
  }

  /** The line of what stands behind the last piece. */
  int line() {
    return lineOf(at);
  }

  /** Goes behind the next tag and says what it is; {@code tagFrom} is where it begins. */
  private Tag nextTag() throws IOException {
    int from = indexOf("<", at);
    if (from < 0) {
      at = buffer.length();
      return Tag.NONE;
    }
    tagFrom = from;
    boolean comment = startsWith("<!--", from);
    String closing = comment ? "-->" : ">";
    int to = indexOf(closing, from);
    if (to < 0) {
      at = buffer.length();
      return Tag.NONE;
    }
    at = to + closing.length();
    return comment ? Tag.OTHER : kind(from, to);
  }

  private Tag kind(int from, int to) {
    boolean end = buffer.charAt(from + 1) == '/';
    int name = from + (end ? 2 : 1);
    int stop = name;
    int local = name;
    while (stop < to && isNameCharacter(buffer.charAt(stop))) {
      if (buffer.charAt(stop) == ':') {
        local = stop + 1;
      }
      stop++;
    }
    if (stop - local != node.length() || buffer.indexOf(node, local) != local) {
      return Tag.OTHER;
    }
    return end ? Tag.END : buffer.charAt(to - 1) == '/' ? Tag.EMPTY : Tag.BEGIN;
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
  }

  private boolean startsWith(String text, int from) throws IOException {
    while (buffer.length() - from < text.length() && fill()) {
      // more is needed to tell
    }
    return buffer.length() - from >= text.length()
        && buffer.substring(from, from + text.length()).equals(text);
  }

  private int indexOf(String text, int from) throws IOException {
    int search = from;
    int found = buffer.indexOf(text, search);
    while (found < 0) {
      search = Math.max(from, buffer.length() - text.length() + 1);
      if (buffer.length() - from > maxPiece) {
        throw new RefusedDelivery(
            RefusedDelivery.Kind.TOO_LARGE,
            "there is no '" + text + "' in " + maxPiece + " characters, from line " + lineOf(from));
      }
      if (!fill()) {
        return -1;
      }
      found = buffer.indexOf(text, search);
    }
    return found;
  }

  private boolean fill() throws IOException {
    int read = ended ? -1 : reader.read(chunk);
    if (read < 0) {
      ended = true;
      return false;
    }
    buffer.append(chunk, 0, read);
    return true;
  }

  private void compact() {
    if (at > COMPACT) {
      lineOf(at);
      buffer.delete(0, at);
      counted -= at;
      at = 0;
    }
  }

  /** Lines are counted once, as far as was asked. */
  private int lineOf(int position) {
    for (; counted < position; counted++) {
      if (buffer.charAt(counted) == '\n') {
        line++;
      }
    }
    return line;
  }
}
