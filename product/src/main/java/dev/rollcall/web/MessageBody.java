package dev.rollcall.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a request's body, unpacks it, and stops where it is larger than allowed. */
final class MessageBody {

  private static final int GZIP = 0x1f8b;
  private static final int ZLIB_METHOD = 0x78;

  private MessageBody() {}

  /** The body is larger than allowed. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The body is packed in a way that is not known. */
  static final class UnknownEncoding extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads to the end.
   *
   * @param encoding see {@link #open}
   * @param maxBytes allowed after unpacking
   * @throws TooLarge when there is more
   * @throws IOException when it is broken or ends early
   */
  static byte[] read(InputStream body, @Nullable String encoding, int maxBytes) throws IOException {
    try (InputStream plain = open(body, encoding)) {
      return rest(plain, maxBytes);
    }
  }

  /**
   * Begins to unpack.
   *
   * @param encoding the request's Content-Encoding, null when it has none; a packed body is
   *     recognized without it too, also in base64, because Integration Broker packs unless the node
   *     says {@code sendUncompressed} ({@code facts/peoplesoft.md §4.3})
   * @return what was packed; it can be looked at with {@link #beginning}
   * @throws IOException when it is broken or ends early
   */
  static BufferedInputStream open(InputStream body, @Nullable String encoding) throws IOException {
    return new BufferedInputStream(unpacked(new BufferedInputStream(body), encoding));
  }

  /** The first bytes, so many if there are; they can be read again. */
  static byte[] beginning(BufferedInputStream plain, int bytes) throws IOException {
    plain.mark(bytes);
    byte[] beginning = plain.readNBytes(bytes);
    plain.reset();
    return beginning;
  }

  /**
   * Reads to the end.
   *
   * @throws TooLarge when there is more than this
   * @throws IOException when it is broken or ends early
   */
  static byte[] rest(InputStream plain, int maxBytes) throws IOException {
    byte[] bytes = plain.readNBytes(maxBytes);
    if (bytes.length == maxBytes && plain.read() >= 0) {
      throw new TooLarge();
    }
    return bytes;
  }

  private static InputStream unpacked(BufferedInputStream body, @Nullable String encoding)
      throws IOException {
    String named = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return switch (named) {
      case "", "identity" ->
          isBase64OfPacked(peek(body))
              ? recognized(new BufferedInputStream(Base64.getMimeDecoder().wrap(body)))
              : recognized(body);
      case "gzip", "x-gzip" -> new GZIPInputStream(body);
      case "deflate" ->
          isZlib(peek(body))
              ? new InflaterInputStream(body)
              : new InflaterInputStream(body, new Inflater(true));
      default -> throw new UnknownEncoding();
    };
  }

  private static InputStream recognized(BufferedInputStream body) throws IOException {
    int start = peek(body);
    return start == GZIP
        ? new GZIPInputStream(body)
        : isZlib(start) ? new InflaterInputStream(body) : body;
  }

  private static int peek(BufferedInputStream body) throws IOException {
    body.mark(2);
    int start = (body.read() << 8) | body.read();
    body.reset();
    return start;
  }

  /** How gzip and zlib begin in base64; no XML begins with these letters. */
  private static boolean isBase64OfPacked(int start) {
    char second = (char) (start & 0xff);
    return switch ((char) (start >> 8)) {
      case 'H' -> second == '4';
      case 'e' -> second == 'A' || second == 'F' || second == 'J' || second == 'N';
      default -> false;
    };
  }

  private static boolean isZlib(int start) {
    return start >> 8 == ZLIB_METHOD && start % 31 == 0;
  }
}
