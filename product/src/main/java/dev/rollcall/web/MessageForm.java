package dev.rollcall.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * In which form a message came. An HTTPTARGET node sends the content alone; a gateway that speaks
 * to another gateway, or to whoever it takes for one, wraps it ({@code facts/peoplesoft.md §4.3}).
 */
enum MessageForm {
  /** The content alone; what Integration Broker says about it stands in the headers. */
  BARE,
  /** An XML document {@code IBRequest} with the content in {@code Data}. */
  IB_REQUEST,
  /** A multipart/related message: an {@code IBInfo} document, then the content. */
  MIME;

  /** Bytes that have to be seen to tell. */
  static final int BEGINNING = 1024;

  private static final Pattern IB_REQUEST_ROOT =
      Pattern.compile(
          "\\s*+(?><\\?.*?\\?>\\s*+)?+(?><!--.*?-->\\s*+)*+<([\\w.-]+:)?IBRequest[\\s/>].*",
          Pattern.DOTALL);

  /** A header line or a delimiter; no XML begins so. */
  private static final Pattern MIME_BEGINNING =
      Pattern.compile("\\s*(--\\S|[A-Za-z][A-Za-z-]{2,40}:[ \\t]).*", Pattern.DOTALL);

  /**
   * Tells the form.
   *
   * @param contentType the request's, null when it has none; many senders put anything there, so
   *     the body decides and this only where MIME begins with a text of its own
   * @param beginning the first bytes of the unpacked body, {@link #BEGINNING} of them if there are
   */
  static MessageForm of(@Nullable String contentType, byte[] beginning) {
    // Letters, dashes and angle brackets are the same in every encoding, but for UTF-16's zeros.
    String text = new String(beginning, StandardCharsets.ISO_8859_1).replace("\0", "");
    String start = text.replaceFirst("^(\u00ef\u00bb\u00bf|\u00fe\u00ff|\u00ff\u00fe)", "");
    if (IB_REQUEST_ROOT.matcher(start).matches()) {
      return IB_REQUEST;
    }
    boolean named =
        contentType != null
            && contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/related");
    return MIME_BEGINNING.matcher(start).matches()
            || (named && !start.isBlank() && !start.stripLeading().startsWith("<"))
        ? MIME
        : BARE;
  }
}
