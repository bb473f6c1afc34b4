package dev.rollcall.web;

import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.RefusedDelivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message out of what was wrapped around it.
 *
 * @param headers what was said about it, by the names of the headers that say the same
 * @param content the message, unpacked; empty when there is none, as in a ping
 */
@SuppressWarnings("ArrayRecordComponent") // nothing compares it
record Unwrapped(Map<String, String> headers, byte[] content) {

  private static final Pattern VERSION =
      Pattern.compile("(v|version_)\\d+", Pattern.CASE_INSENSITIVE);
  private static final Pattern HAS_VERSION =
      Pattern.compile(".*\\.(v|version_)\\d+", Pattern.CASE_INSENSITIVE);
  private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s(.*?)\\?>", Pattern.DOTALL);
  private static final Pattern OTHER_ENCODING =
      Pattern.compile(".*encoding\\s*=\\s*[\"'](?!utf-8[\"']).*", Pattern.CASE_INSENSITIVE);

  /**
   * Unwraps a body.
   *
   * @param form not {@link MessageForm#BARE}
   * @param itResourceHeader the connector property that is taken as a header, too
   * @param maxBytes the content may have after unpacking
   * @throws RefusedDelivery when it cannot be done, or the content is wrapped again
   * @throws MessageBody.TooLarge when the content is larger than allowed
   */
  static Unwrapped of(
      MessageForm form,
      @Nullable String contentType,
      byte[] body,
      String itResourceHeader,
      int maxBytes)
      throws MessageBody.TooLarge {
    IbInfo info;
    byte[] packed;
    if (form == MessageForm.MIME) {
      IbMime mime = IbMime.read(contentType, body);
      info = IbInfo.read(mime.info(), "IBInfo", itResourceHeader);
      packed = mime.content() == null ? new byte[0] : mime.content();
    } else {
      info = IbInfo.read(body, "IBRequest", itResourceHeader);
      packed = bytes(info.data().orElse("").strip());
    }
    byte[] content = unpacked(packed, maxBytes);
    boolean ping = "ping".equalsIgnoreCase(info.headers().get("OperationType"));
    if (content.length == 0 && !ping) {
      throw malformed("there is no message in what is wrapped around it");
    }
    byte[] beginning = Arrays.copyOf(content, Math.min(content.length, MessageForm.BEGINNING));
    if (MessageForm.of(null, beginning) != MessageForm.BARE) {
      throw malformed("the message is wrapped twice");
    }
    return new Unwrapped(withVersion(info.headers()), content);
  }

  /**
   * The message as if an HTTPTARGET node had sent it.
   *
   * @param request what came; its headers may repeat what was wrapped around the message, but not
   *     say anything else
   * @throws RefusedDelivery when they do
   */
  Delivery asDelivery(Delivery request) {
    Map<String, String> all = new HashMap<>(request.headers());
    headers.forEach((name, value) -> {
      String outside = request.header(name).orElse(value);
      boolean free = name.equals("From") || name.equals("To"); // HTTP has its own of these names
      if (!free && !outside.equalsIgnoreCase(value)) {
        throw malformed("header " + name + " says something else than what is in the body");
      }
      all.keySet().removeIf(name::equalsIgnoreCase);
      all.put(name, value);
    });
    return new Delivery(all, content, request.arrived(), request.from());
  }

  /** {@code MessageVersion} stands by itself where a header has it behind the operation's name. */
  private static Map<String, String> withVersion(Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    String version = all.remove("MessageVersion");
    String operation = all.get("ExternalOperationName");
    if (version != null
        && operation != null
        && VERSION.matcher(version).matches()
        && !HAS_VERSION.matcher(operation).matches()) {
      all.put("ExternalOperationName", operation + "." + version);
    }
    return all;
  }

  private static byte[] unpacked(byte[] packed, int maxBytes) throws MessageBody.TooLarge {
    try {
      return MessageBody.read(new ByteArrayInputStream(packed), null, maxBytes);
    } catch (MessageBody.TooLarge tooLarge) {
      throw tooLarge;
    } catch (IOException broken) {
      throw malformed("the message is packed, and broken or cut off");
    }
  }

  private static byte[] bytes(String data) {
    if (!data.isEmpty() && !data.startsWith("<")) {
      return IbMime.base64(data);
    }
    // Its characters were decoded with the document around it: what it says of itself is void.
    Matcher declaration = DECLARATION.matcher(data);
    boolean misleading =
        declaration.lookingAt() && OTHER_ENCODING.matcher(declaration.group(1)).matches();
    String text = misleading ? data.substring(declaration.end()) : data;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RefusedDelivery malformed(String what) {
    return new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, what);
  }
}
