package dev.rollcall.simulators.okta.directory;

import dev.rollcall.simulators.state.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The tag of a user as they are, for conditional updates. */
public final class Etag {
  private Etag() {}

  public static String of(User user) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Json.MAPPER.writeValueAsBytes(user));
      return "W/\"" + HexFormat.of().formatHex(digest) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
