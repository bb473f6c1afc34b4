package dev.rollcall.simulators.okta.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a profile may hold: Okta's default properties with their lengths, and those that the tenant
 * added. Rules: user schema of the API description, recorded schema and recorded refusals.
 *
 * @param custom type by property: string, boolean, number, integer or array
 */
public record Schema(Map<String, String> custom) {
  /**
   * One default property.
   *
   * @param max the greatest length in characters
   */
  public record Property(String title, boolean required, int min, int max, String format) {}

  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\\p{Cntrl}]+@[^\\s@.]+(\\.[^\\s@.]+)+");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Map<String, Property> BASE = base();

  /** Keeps the custom types in the order given. */
  public Schema {
    custom = Map.copyOf(custom);
  }

  /** The default properties by name, in Okta's order. */
  public static Map<String, Property> defaults() {
    return BASE;
  }

  boolean knows(String property) {
    return BASE.containsKey(property) || custom.containsKey(property);
  }

  /**
   * Checks what a profile will hold.
   *
   * @param given the names that the caller sent; only they can be unknown
   * @param profile the whole profile as it would be, values that are cleared left out
   * @param create whether somebody is created, which decides what the refusal names
   * @throws Refusal E0000001 with a cause for each rule that is not kept
   */
  void check(Set<String> given, Map<String, JsonNode> profile, boolean create) {
    for (String name : given) {
      if (!knows(name)) {
        throw Refusal.invalid(
            create ? "newUser" : "user",
            List.of("Property name '" + name + "' is not defined in profile"));
      }
    }
    Set<String> fields = new LinkedHashSet<>();
    List<String> causes = new ArrayList<>();
    BASE.forEach((name, property) -> {
      String why = problem(name, property, profile);
      if (!why.isEmpty()) {
        fields.add(name);
        causes.add(name + ": " + why);
      }
    });
    custom.forEach((name, type) -> {
      JsonNode value = profile.get(name);
      if (value != null && (!fits(type, value) || wide(value.asString("")))) {
        fields.add(name);
        causes.add(name + ": Does not match required pattern");
      }
    });
    if (!causes.isEmpty()) {
      throw Refusal.invalid(fields.iterator().next(), causes);
    }
  }

  private static String problem(String name, Property property, Map<String, JsonNode> profile) {
    JsonNode value = profile.get(name);
    if (value == null) {
      return property.required() ? "The field cannot be left blank" : "";
    }
    if (!value.isString()) {
      return "Does not match required pattern";
    }
    String text = value.asString();
    int length = text.codePointCount(0, text.length());
    if (length > property.max()) {
      return "The field is too long";
    }
    if (length < property.min()) {
      return "The field is too short";
    }
    if (wide(text)) {
      return "The field contains characters that are not supported";
    }
    return switch (property.format()) {
      case "login" ->
          EMAIL.matcher(text).matches() ? "" : "Username must be in the form of an email address";
      case "email" -> EMAIL.matcher(text).matches() ? "" : "Does not match required pattern";
      case "country-code" ->
          COUNTRY.matcher(text).matches() ? "" : "Does not match required pattern";
      default -> "";
    };
  }

  private static boolean fits(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "array" -> value.isArray();
      default -> false;
    };
  }

  /** Characters beyond three UTF-8 bytes are not supported. */
  private static boolean wide(String text) {
    return text.codePoints().anyMatch(point -> point > 0xFFFF);
  }

  private static Map<String, Property> base() {
    Map<String, Property> base = new LinkedHashMap<>();
    base.put("login", new Property("Username", true, 5, 100, "login"));
    base.put("firstName", new Property("First name", true, 1, 50, ""));
    base.put("lastName", new Property("Last name", true, 1, 50, ""));
    base.put("middleName", text("Middle name", UNBOUNDED));
    base.put("honorificPrefix", text("Honorific prefix", UNBOUNDED));
    base.put("honorificSuffix", text("Honorific suffix", UNBOUNDED));
    base.put("email", new Property("Primary email", true, 5, 100, "email"));
    base.put("title", text("Title", UNBOUNDED));
    base.put("displayName", text("Display name", UNBOUNDED));
    base.put("nickName", text("Nickname", UNBOUNDED));
    base.put("profileUrl", text("Profile Url", UNBOUNDED));
    base.put("secondEmail", new Property("Secondary email", false, 0, 100, "email"));
    base.put("mobilePhone", text("Mobile phone", 100));
    base.put("primaryPhone", text("Primary phone", 100));
    base.put("streetAddress", text("Street address", 1024));
    base.put("city", text("City", 128));
    base.put("state", text("State", 128));
    base.put("zipCode", text("Zip code", 50));
    base.put("countryCode", new Property("Country code", false, 0, 2, "country-code"));
    base.put("postalAddress", text("Postal Address", 4096));
    base.put("preferredLanguage", text("Preferred language", UNBOUNDED));
    base.put("locale", text("Locale", UNBOUNDED));
    base.put("timezone", text("Time zone", UNBOUNDED));
    base.put("userType", text("User type", UNBOUNDED));
    base.put("employeeNumber", text("Employee number", UNBOUNDED));
    base.put("costCenter", text("Cost center", UNBOUNDED));
    base.put("organization", text("Organization", UNBOUNDED));
    base.put("division", text("Division", UNBOUNDED));
    base.put("department", text("Department", UNBOUNDED));
    base.put("managerId", text("ManagerId", UNBOUNDED));
    base.put("manager", text("Manager", UNBOUNDED));
    return base;
  }

  private static Property text(String title, int max) {
    return new Property(title, false, 0, max, "");
  }
}
