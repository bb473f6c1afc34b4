package dev.rollcall.web;

import dev.rollcall.spi.RefusedDelivery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a multipart message as PeopleSoft gateways exchange it. Its own headers stand in the
 * body, before the first part, or were made headers of the request ({@code facts/peoplesoft.md
 * §4.3}).
 *
 * @param info the document about the content
 * @param content the content as it was before the part was encoded, null when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // nothing compares it
record IbMime(byte[] info, byte @Nullable [] content) {

  private static final String INFO = "IBInfo";
  private static final int BUFFER = 8192;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final Pattern END_OF_HEADERS = Pattern.compile("\r\n\r\n");
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/related\\s*;(?:.*;)?\\s*boundary\\s*=\\s*(?:\"([^\"]+)\"|([^\\s;\"]+)).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** One part. */
  private record Part(Map<String, String> headers, byte[] bytes) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    boolean isInfo() {
      return header("Content-ID").replaceAll("[<>]", "").equalsIgnoreCase(INFO);
    }
  }

  /**
   * Takes a message apart.
   *
   * @param contentType the request's, null when it has none
   * @throws RefusedDelivery when it is not one IBInfo and at most one content
   */
  static IbMime read(@Nullable String contentType, byte[] body) {
    byte[] lines = withCarriageReturns(body);
    int headers = startsWithDelimiter(lines) ? 0 : endOfHeaders(lines);
    String own = new String(lines, 0, headers, StandardCharsets.ISO_8859_1);
    String type =
        headersOf(own).getOrDefault("Content-Type", contentType == null ? "" : contentType);
    Matcher boundary = BOUNDARY.matcher(type.strip());
    if (!boundary.matches()) {
      throw malformed("a multipart message needs a Content-Type multipart/related with boundary");
    }
    String named = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    List<Part> parts = parts(lines, headers, named);
    List<Part> infos = parts.stream().filter(Part::isInfo).toList();
    List<Part> others = parts.stream().filter(part -> !part.isInfo()).toList();
    if (infos.size() != 1 || others.size() > 1) {
      throw malformed(
          "a multipart message has one part IBInfo and one with the message, not %d and %d"
              .formatted(infos.size(), others.size()));
    }
    return new IbMime(
        decoded(infos.getFirst()), others.isEmpty() ? null : decoded(others.getFirst()));
  }

  /** Some write their lines as UNIX does; XML does not tell the difference, nor does base64. */
  private static byte[] withCarriageReturns(byte[] body) {
    int first = indexOf(body, (byte) '\n');
    if (first <= 0 || body[first - 1] == '\r') {
      return body;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream(body.length + body.length / 32);
    byte before = 0;
    for (byte one : body) {
      if (one == '\n' && before != '\r') {
        lines.write('\r');
      }
      lines.write(one);
      before = one;
    }
    return lines.toByteArray();
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsWithDelimiter(byte[] lines) {
    return new String(lines, 0, Math.min(lines.length, 64), StandardCharsets.ISO_8859_1)
        .stripLeading()
        .startsWith("--");
  }

  private static int endOfHeaders(byte[] lines) {
    String beginning =
        new String(lines, 0, Math.min(lines.length, MAX_HEADERS), StandardCharsets.ISO_8859_1);
    Matcher end = END_OF_HEADERS.matcher(beginning);
    return end.find() ? end.end() : 0;
  }

  private static Map<String, String> headersOf(String lines) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines.replaceAll("\r\n[ \\t]+", " ").split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static List<Part> parts(byte[] lines, int from, String boundary) {
    try {
      MultipartStream stream =
          new MultipartStream(
              new ByteArrayInputStream(lines, from, lines.length - from),
              boundary.getBytes(StandardCharsets.ISO_8859_1),
              Math.max(BUFFER, 4 * boundary.length()),
              null);
      stream.setPartHeaderSizeMax(MAX_HEADERS);
      List<Part> parts = new ArrayList<>();
      for (boolean more = stream.skipPreamble(); more; more = stream.readBoundary()) {
        Map<String, String> headers = headersOf(stream.readHeaders());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stream.readBodyData(bytes);
        parts.add(new Part(headers, bytes.toByteArray()));
        if (parts.size() > 3) {
          break; // more than there may be; the rest is not worth the memory
        }
      }
      return parts;
    } catch (IOException broken) {
      throw malformed("a part of the multipart message does not end");
    }
  }

  private static byte[] decoded(Part part) {
    String encoding = part.header("Content-Transfer-Encoding").strip().toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "7bit", "8bit", "binary" -> part.bytes();
      case "base64" -> base64(new String(part.bytes(), StandardCharsets.ISO_8859_1));
      default ->
          throw malformed("the Content-Transfer-Encoding is not known; base64, 7bit and 8bit are");
    };
  }

  /**
   * Decodes base64 in lines of any length.
   *
   * @throws RefusedDelivery when it is none
   */
  static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException wrong) {
      throw malformed("the message is neither XML nor base64");
    }
  }

  private static RefusedDelivery malformed(String what) {
    return new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, what);
  }
}
