package dev.rollcall.connector.okta;

import dev.rollcall.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Okta's default profile takes ({@code facts/okta.md §1, §2.3}), looked at before a call is
 * spent on it. Free text is made to fit and said so: four-byte characters, which Okta cannot keep,
 * become {@value #REPLACEMENT}, and what is too long is cut. What identifies somebody or something
 * is never altered: a login, an e-mail address and the correlation attribute are refused, a phone
 * number, second address, country or postal code is left out.
 */
public final class ProfileRules {

  private static final String REPLACEMENT = "\uFFFD";

  private static final String SECOND_EMAIL = "secondEmail";

  private static final int SHORTEST_ADDRESS = 5;
  private static final int LONGEST_ADDRESS = 100;

  private static final Map<String, Integer> CUT =
      Map.of(
          "firstName", 50,
          "lastName", 50,
          "city", 128,
          "state", 128,
          "streetAddress", 1024,
          "postalAddress", 4096,
          "homeAddress", 4096);

  private static final Map<String, Integer> LEFT_OUT =
      Map.of(
          SECOND_EMAIL,
          LONGEST_ADDRESS,
          "mobilePhone",
          100,
          "primaryPhone",
          100,
          "zipCode",
          50,
          "countryCode",
          2);

  /** Deliberately wide: what it refuses no mail server takes either. */
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\"(),:;<>\\[\\]\\\\]+@[^\\s@.,:;()<>]+(\\.[^\\s@.,:;()<>]+)*");

  private final Set<String> identifying;
  private final boolean loginIsEmail;

  ProfileRules(OktaSettings settings) {
    this(Set.of(settings.correlationAttribute()), settings.loginIsEmail());
  }

  /**
   * @param identifying attributes beside login and e-mail address that are never altered
   * @param loginIsEmail whether a login has to look like an e-mail address
   */
  public ProfileRules(Set<String> identifying, boolean loginIsEmail) {
    this.identifying = Set.copyOf(identifying);
    this.loginIsEmail = loginIsEmail;
  }

  /**
   * What can be sent.
   *
   * @param profile what can be
   * @param refused why some of it cannot, by attribute: whoever has such a value is not written
   * @param leftOut why some of it is not, by attribute; the rest can be written all the same
   * @param remarks what was altered
   */
  public record Fitted(
      Map<String, Value> profile,
      Map<String, String> refused,
      Map<String, String> leftOut,
      List<String> remarks) {}

  /** Makes wanted values fit. */
  public Fitted fit(Map<String, Value> wanted) {
    Map<String, Value> profile = new LinkedHashMap<>();
    Map<String, String> refused = new TreeMap<>();
    Map<String, String> leftOut = new TreeMap<>();
    List<String> remarks = new ArrayList<>();
    new TreeMap<>(wanted)
        .forEach((attribute, value) -> {
          String text = value.textOrNull();
          String refusal = refusal(attribute, text);
          String omission = text == null ? null : omission(attribute, text);
          if (refusal != null) {
            refused.put(attribute, refusal);
          } else if (omission != null) {
            leftOut.put(attribute, omission);
          } else if (text == null) {
            profile.put(attribute, value);
          } else {
            profile.put(attribute, new Value.Text(fitting(attribute, text, remarks)));
          }
        });
    return new Fitted(profile, refused, leftOut, remarks);
  }

  private @Nullable String refusal(String attribute, @Nullable String text) {
    return switch (attribute) {
      case OktaUser.LOGIN -> address("login", text, loginIsEmail);
      case OktaUser.EMAIL -> address("e-mail address", text, true);
      default ->
          text != null && identifying.contains(attribute) && hasFourBytes(text)
              ? "%s has characters that Okta cannot keep".formatted(attribute)
              : null;
    };
  }

  private static @Nullable String address(String what, @Nullable String text, boolean email) {
    if (text == null) {
      return "there is no " + what + ", and Okta needs one";
    }
    if (text.length() < SHORTEST_ADDRESS || text.length() > LONGEST_ADDRESS) {
      return "the %s has %d characters; Okta takes %d to %d"
          .formatted(what, text.length(), SHORTEST_ADDRESS, LONGEST_ADDRESS);
    }
    if (hasFourBytes(text)) {
      return "the " + what + " has characters that Okta cannot keep";
    }
    return email && !EMAIL.matcher(text).matches()
        ? "the %s '%s' does not look like an e-mail address".formatted(what, text)
        : null;
  }

  private static @Nullable String omission(String attribute, String text) {
    Integer longest = LEFT_OUT.get(attribute);
    if (longest == null) {
      return null;
    }
    if (text.length() > longest) {
      return "%s has %d characters, Okta takes %d".formatted(attribute, text.length(), longest);
    }
    if (hasFourBytes(text)) {
      return attribute + " has characters that Okta cannot keep";
    }
    return attribute.equals(SECOND_EMAIL) && !EMAIL.matcher(text).matches()
        ? "%s '%s' does not look like an e-mail address".formatted(attribute, text)
        : null;
  }

  private static String fitting(String attribute, String text, List<String> remarks) {
    String kept = text;
    if (hasFourBytes(text)) {
      kept = replaced(text);
      remarks.add("%s has characters that Okta cannot keep: replaced".formatted(attribute));
    }
    Integer longest = CUT.get(attribute);
    if (longest != null && kept.length() > longest) {
      remarks.add(
          "%s has %d characters: shortened to %d".formatted(attribute, kept.length(), longest));
      kept = kept.substring(0, longest).stripTrailing();
    }
    return kept;
  }

  /** Half of a pair alone is no character at all. */
  private static boolean hasFourBytes(String text) {
    return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
  }

  private static String replaced(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (Character.isSupplementaryCodePoint(point)
              || Character.getType(point) == Character.SURROGATE) {
            kept.append(REPLACEMENT);
          } else {
            kept.appendCodePoint(point);
          }
        });
    return kept.toString();
  }
}
