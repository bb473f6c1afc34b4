package dev.rollcall.plan;

import java.util.Locale;
import java.util.Map;

/**
 * What an identity calls the guide's fields: {@code First Name} becomes {@code first_name}. Some
 * have a name of their own.
 */
public final class AttributeNames {

  private static final Map<String, String> OWN =
      Map.of(
          "User ID", "login",
          "Home Phone", "phone",
          "Effective Start Date", "start_date",
          "Affiliation Start Date", "from",
          "Affiliation End Date", "to");

  private static final String AFFILIATION = "Affiliation ";

  private AttributeNames() {}

  /** The name of an attribute of the identity itself. */
  public static String of(String label) {
    String own = OWN.get(label);
    return own == null ? snakeCase(label) : own;
  }

  /** The name of a field of an affiliation; that it is one need not be said again. */
  public static String ofAffiliation(String label) {
    String own = OWN.get(label);
    return own == null
        ? snakeCase(label.startsWith(AFFILIATION) ? label.substring(AFFILIATION.length()) : label)
        : own;
  }

  private static String snakeCase(String label) {
    return label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
  }
}
