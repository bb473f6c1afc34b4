package dev.rollcall.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the other side answered, whatever the status.
 *
 * @param headers by lower-case name, the last of each; of {@code link} all of them in one list
 * @param body as text in UTF-8
 */
public record Exchange(int status, Map<String, String> headers, String body) {

  /** Whether the status is one of success. */
  public boolean success() {
    return status >= 200 && status < 300;
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
