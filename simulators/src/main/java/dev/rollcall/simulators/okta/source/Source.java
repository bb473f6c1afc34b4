package dev.rollcall.simulators.okta.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An application of the kind Custom Identity Source: its profile, its mappings and its settings.
 *
 * @param custom the attributes added to its profile, all of them strings
 * @param mappings the attribute of the user by the attribute of the application
 */
public record Source(
    String id,
    String label,
    Instant created,
    Instant lastUpdated,
    List<String> custom,
    Map<String, String> mappings,
    AppSettings settings) {

  /** One attribute that every identity source has. */
  public record Attribute(String title, String user, boolean required, int min, int max) {}

  private static final Map<String, Attribute> BASE = base();

  /** Keeps lists and maps in the order given. */
  public Source {
    custom = List.copyOf(custom);
    mappings = Collections.unmodifiableMap(new LinkedHashMap<>(mappings));
  }

  /** The attributes that every identity source has, by name. */
  public static Map<String, Attribute> attributes() {
    return BASE;
  }

  /** Each attribute to its namesake, but for those that are called something else in Okta. */
  public static Map<String, String> straight(List<String> custom) {
    Map<String, String> mappings = new LinkedHashMap<>();
    BASE.forEach((name, attribute) -> mappings.put(name, attribute.user()));
    custom.forEach(name -> mappings.put(name, name));
    return mappings;
  }

  /** The attributes of the application's profile; nothing else of an upload is kept. */
  List<String> profile() {
    List<String> names = new ArrayList<>(BASE.keySet());
    names.addAll(custom);
    return names;
  }

  private static Map<String, Attribute> base() {
    Map<String, Attribute> base = new LinkedHashMap<>();
    base.put("userName", new Attribute("Username", "login", true, 0, 100));
    base.put("firstName", new Attribute("First name", "firstName", false, 1, 50));
    base.put("lastName", new Attribute("Last name", "lastName", false, 1, 50));
    base.put("email", new Attribute("Email", "email", true, 5, 100));
    base.put("secondEmail", new Attribute("Secondary email", "secondEmail", false, 5, 100));
    base.put("mobilePhone", new Attribute("Mobile phone", "mobilePhone", false, 0, 100));
    base.put("homeAddress", new Attribute("Home address", "postalAddress", false, 0, 4096));
    return Collections.unmodifiableMap(base);
  }
}
