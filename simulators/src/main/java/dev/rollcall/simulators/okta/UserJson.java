package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.Schema;
import dev.rollcall.simulators.okta.directory.Status;
import dev.rollcall.simulators.okta.directory.User;
import dev.rollcall.simulators.state.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A user as the API shows them; properties and their order are those of recorded answers. */
final class UserJson {
  static final String TYPE = "oty1rollcallsim00001";
  static final String SCHEMA = "osc1rollcallsim00001";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final List<String> PLACED =
      List.of("firstName", "lastName", "mobilePhone", "secondEmail", "login", "email");

  /** Where each link leads, below the user's own address. */
  private static final Map<String, String> LEADS =
      Map.ofEntries(
          Map.entry("activate", "/lifecycle/activate"),
          Map.entry("reactivate", "/lifecycle/reactivate"),
          Map.entry("deactivate", "/lifecycle/deactivate"),
          Map.entry("suspend", "/lifecycle/suspend"),
          Map.entry("unsuspend", "/lifecycle/unsuspend"),
          Map.entry("unlock", "/lifecycle/unlock"),
          Map.entry("resetPassword", "/lifecycle/reset_password"),
          Map.entry("expirePassword", "/lifecycle/expire_password"),
          Map.entry("resetFactors", "/lifecycle/reset_factors"),
          Map.entry("forgotPassword", "/credentials/forgot_password"),
          Map.entry("changePassword", "/credentials/change_password"),
          Map.entry("changeRecoveryQuestion", "/credentials/change_recovery_question"),
          Map.entry("delete", ""));

  private UserJson() {}

  static String stamp(Instant when) {
    return STAMP.format(when);
  }

  /** A user by themselves, with links to what may be done with them. */
  static ObjectNode whole(User user, String base) {
    ObjectNode shown = shown(user);
    String self = base + "/api/v1/users/" + user.id();
    ObjectNode links = shown.putObject("_links");
    for (String link : user.status().links()) {
      links
          .putObject(link)
          .put("href", self + LEADS.getOrDefault(link, ""))
          .put("method", link.equals("delete") ? "DELETE" : "POST");
    }
    if (user.status() != Status.DEPROVISIONED) {
      links
          .putObject("resetFactors")
          .put("href", self + LEADS.getOrDefault("resetFactors", ""))
          .put("method", "POST");
    }
    links.putObject("schema").put("href", base + "/api/v1/meta/schemas/user/" + SCHEMA);
    links.putObject("self").put("href", self);
    links.putObject("type").put("href", base + "/api/v1/meta/types/user/" + TYPE);
    return shown;
  }

  /** A user in a list: with a link to themselves and no other. */
  static ObjectNode listed(User user, String base) {
    ObjectNode shown = shown(user);
    shown.putObject("_links").putObject("self").put("href", base + "/api/v1/users/" + user.id());
    return shown;
  }

  /** What an expression may ask about a user. */
  static List<JsonNode> values(User user, String attribute) {
    if (attribute.startsWith("profile.")) {
      JsonNode value = user.profile().get(attribute.substring("profile.".length()));
      return value == null
          ? List.of()
          : value.isArray() ? value.valueStream().toList() : List.of(value);
    }
    return switch (attribute) {
      case "id" -> text(user.id());
      case "status" -> text(user.status().name());
      case "type.id" -> text(TYPE);
      case "created" -> text(stamp(user.created()));
      case "lastUpdated" -> text(stamp(user.lastUpdated()));
      case "activated" -> date(user.activated());
      case "statusChanged" -> date(user.statusChanged());
      default -> List.of();
    };
  }

  private static List<JsonNode> date(@Nullable Instant when) {
    return when == null ? List.of() : text(stamp(when));
  }

  private static List<JsonNode> text(String value) {
    return List.of(StringNode.valueOf(value));
  }

  private static ObjectNode shown(User user) {
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.put("id", user.id()).put("status", user.status().name());
    stamp(shown, "created", user.created());
    stamp(shown, "activated", user.activated());
    stamp(shown, "statusChanged", user.statusChanged());
    shown.putNull("lastLogin");
    stamp(shown, "lastUpdated", user.lastUpdated());
    stamp(shown, "passwordChanged", user.passwordChanged());
    Optional.ofNullable(user.transition())
        .ifPresent(under -> shown.put("transitioningToStatus", under.to().name()));
    Optional.ofNullable(user.realm()).ifPresent(realm -> shown.put("realmId", realm));
    shown.putObject("type").put("id", TYPE);
    profile(shown.putObject("profile"), user);
    credentials(shown.putObject("credentials"), user);
    return shown;
  }

  /** Empty properties are left out, but for two that come as null. */
  private static void profile(ObjectNode shown, User user) {
    Map<String, JsonNode> profile = user.profile();
    copy(shown, profile, "firstName");
    copy(shown, profile, "lastName");
    shown.set("mobilePhone", profile.getOrDefault("mobilePhone", Json.MAPPER.nullNode()));
    for (String name : Schema.defaults().keySet()) {
      if (!PLACED.contains(name)) {
        copy(shown, profile, name);
      }
    }
    for (String name : profile.keySet()) {
      if (!Schema.defaults().containsKey(name)) {
        copy(shown, profile, name);
      }
    }
    shown.set("secondEmail", profile.getOrDefault("secondEmail", Json.MAPPER.nullNode()));
    copy(shown, profile, "login");
    copy(shown, profile, "email");
  }

  private static void copy(ObjectNode shown, Map<String, JsonNode> profile, String name) {
    Optional.ofNullable(profile.get(name)).ifPresent(value -> shown.set(name, value));
  }

  private static void credentials(ObjectNode shown, User user) {
    if (user.password()) {
      shown.putObject("password");
      if (user.provider().equals("OKTA")) {
        ObjectNode email = shown.putArray("emails").addObject();
        email.put("value", user.text("email").orElse(""));
        email.put("status", "VERIFIED").put("type", "PRIMARY");
      }
    }
    shown.putObject("provider").put("type", user.provider()).put("name", user.provider());
  }

  private static void stamp(ObjectNode shown, String name, @Nullable Instant when) {
    if (when == null) {
      shown.putNull(name);
    } else {
      shown.put(name, stamp(when));
    }
  }
}
