package dev.rollcall.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may send messages to an instance, beside naming its IT resource.
 *
 * @param user what Basic credentials must say, or null when none are asked for
 * @param password null just when the user is
 * @param allowed from where; empty for everywhere
 */
public record SenderRule(@Nullable String user, @Nullable String password, List<Network> allowed) {

  private static final String SCHEME = "Basic ";

  public SenderRule {
    allowed = List.copyOf(allowed);
  }

  /** Whether somebody may send. */
  public enum Verdict {
    WELCOME,
    /** It comes from an address that is not allowed. */
    WRONG_ADDRESS,
    /** It brings no credentials, or others. */
    WRONG_CREDENTIALS
  }

  /** Asks for nothing. */
  public static SenderRule everybody() {
    return new SenderRule(null, null, List.of());
  }

  /**
   * Whether somebody may send; the address is looked at first, so that nobody can try passwords
   * from elsewhere.
   *
   * @param authorization the header of that name, or null
   * @param address from where it comes
   */
  public Verdict check(@Nullable String authorization, String address) {
    if (!allowed.isEmpty() && !Network.anyContains(allowed, address)) {
      return Verdict.WRONG_ADDRESS;
    }
    if (user == null) {
      return Verdict.WELCOME;
    }
    byte[] wanted = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(wanted, given(authorization))
        ? Verdict.WELCOME
        : Verdict.WRONG_CREDENTIALS;
  }

  /** What a sender has to bring as the header {@code Authorization}; empty for nothing. */
  public Optional<String> authorization() {
    if (user == null) {
      return Optional.empty();
    }
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Optional.of(SCHEME + Base64.getEncoder().encodeToString(credentials));
  }

  private static byte[] given(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException broken) {
      return new byte[0];
    }
  }

  @Override
  public String toString() {
    return "SenderRule[user=" + user + ", allowed=" + allowed + "]";
  }
}
