package dev.rollcall.connector.campusmessage;

import dev.rollcall.spi.ImageInbox;
import dev.rollcall.spi.RefusedDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a full publication: what stands around its Transactions, so that each can be read as a
 * message of its own, and the Transactions one by one.
 */
final class FullPublication implements ImageInbox.Pieces {

  private static final int BEGINNING = 256;
  private static final Pattern ENCODING = Pattern.compile("encoding\\s*=\\s*[\"']([\\w.:-]+)[\"']");
  private static final Pattern TAG = Pattern.compile("<([\\w.-]+:)?([\\w.-]+)([^<>]*)>");
  private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE", Pattern.CASE_INSENSITIVE);

  private final TransactionSplitter splitter;
  private final String before;
  private final String after;
  private final String root;
  private final Set<String> declared;

  private FullPublication(
      TransactionSplitter splitter,
      String before,
      String after,
      String root,
      Set<String> declared) {
    this.splitter = splitter;
    this.before = before;
    this.after = after;
    this.root = root;
    this.declared = Set.copyOf(declared);
  }

  /**
   * Reads as far as the first Transaction.
   *
   * @throws RefusedDelivery when it is not a rowset, or in an encoding that is not known
   */
  static FullPublication open(InputStream stream, CampusMessageSettings settings, int maxPiece)
      throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(stream, BEGINNING);
    TransactionSplitter splitter =
        new TransactionSplitter(
            new InputStreamReader(pushback, encoding(pushback)), settings.dataNode(), maxPiece);
    String head = splitter.head();
    if (DOCTYPE.matcher(head).find()) {
      throw new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, "a DTD is not allowed");
    }
    Matcher tags = TAG.matcher(head);
    if (!tags.find()) {
      throw new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, "there is no root element");
    }
    String prefix = tags.group(1) == null ? "" : tags.group(1);
    String root = tags.group(2);
    String data = tagOf(head, "MsgData");
    return new FullPublication(
        splitter,
        tags.group() + data,
        data.isEmpty()
            ? "</" + prefix + root + ">"
            : "</" + data.substring(1).split("[\\s>/]", 2)[0] + "></" + prefix + root + ">",
        root,
        declaredRecords(head));
  }

  private static String tagOf(String head, String local) {
    Matcher tags = TAG.matcher(head);
    while (tags.find()) {
      if (tags.group(2).equals(local) && !tags.group(3).endsWith("/")) {
        return tags.group();
      }
    }
    return "";
  }

  /** The records that FieldTypes names: of these a missing row is known to be missing. */
  private static Set<String> declaredRecords(String head) {
    Set<String> declared = new HashSet<>();
    Matcher tags = TAG.matcher(head);
    while (tags.find()) {
      boolean record = tags.group(3).contains("class=\"R\"") || tags.group(3).contains("class='R'");
      if (record && !tags.group(2).equals("PSCAMA")) {
        declared.add(RecordLayout.canonical(tags.group(2)));
      }
    }
    return declared;
  }

  /** The encoding that the byte order mark or the XML declaration says. */
  private static Charset encoding(PushbackInputStream stream) throws IOException {
    byte[] beginning = stream.readNBytes(BEGINNING);
    int first = beginning.length > 0 ? beginning[0] & 0xff : 0;
    int second = beginning.length > 1 ? beginning[1] & 0xff : 0;
    if (first == 0xef && second == 0xbb) {
      stream.unread(beginning, 3, beginning.length - 3);
      return StandardCharsets.UTF_8;
    }
    stream.unread(beginning);
    if ((first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe)) {
      return StandardCharsets.UTF_16;
    }
    String text = new String(beginning, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("?>");
    Matcher named = ENCODING.matcher(end < 0 ? "" : text.substring(0, end));
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (UnsupportedCharsetException unknown) {
      throw new RefusedDelivery(
          RefusedDelivery.Kind.MALFORMED, "the encoding " + named.group(1) + " is not known");
    }
  }

  /** The local name of the root element. */
  String root() {
    return root;
  }

  /** The records that this publication carries; empty when it does not say. */
  Set<String> declared() {
    return declared;
  }

  @Override
  public Optional<ImageInbox.Piece> next() throws IOException {
    return splitter.next();
  }

  @Override
  public boolean whole() {
    String tail = splitter.tail().strip();
    int last = tail.lastIndexOf("</");
    return tail.endsWith(">") && last >= 0 && tail.substring(last).contains(root);
  }

  @Override
  public int line() {
    return splitter.line();
  }

  /** A piece as a message of its own. */
  String alone(ImageInbox.Piece piece) {
    return before + piece.text() + after;
  }
}
