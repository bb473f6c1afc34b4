package dev.rollcall.connector.okta.bulk;

import dev.rollcall.connector.okta.ProfileRules;
import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes of an application what is sent of it: always the whole profile, with null for what is
 * empty, because nobody has said what Okta does with attributes that are left out ({@code
 * facts/okta.md §5}). What Okta would not take is found before a call is spent on it.
 */
final class SourceProfiles {

  /** What a profile calls the login. */
  static final String USER_NAME = "userName";

  static final String EXTERNAL_ID = "externalId";
  static final String PROFILE = "profile";

  private static final int LONGEST_ID = 512;
  private static final String LOGIN_OF_RULES = "login";

  private final List<String> attributes;
  private final ProfileRules rules;

  SourceProfiles(IdentitySourceSettings settings) {
    this.attributes = settings.attributes();
    this.rules =
        new ProfileRules(
            Set.of(settings.tenant().correlationAttribute()), settings.tenant().loginIsEmail());
  }

  /** What is sent of it, or why nothing is. */
  Entry entry(Application application) {
    Account found = application.found();
    String known = found == null ? null : found.id();
    String id = known == null ? application.subject().id() : known;
    if (id.length() > LONGEST_ID || id.chars().anyMatch(SourceProfiles::impossible)) {
      return new Entry.Refused(
          "the external id cannot be kept by Okta: it takes %d characters, none of four bytes"
              .formatted(LONGEST_ID));
    }
    Account wanted = application.wanted();
    if (!wanted.groups().isEmpty() || !wanted.affiliations().isEmpty()) {
      return new Entry.Refused("an identity source takes people without groups and affiliations");
    }
    return switch (wanted.status()) {
      case ENABLED -> upsert(id, application);
      case DISABLED -> deletion(id, found);
      case STAGED, SUSPENDED ->
          new Entry.Refused(
              "an identity source knows people who are there and people who are deleted, not '%s'"
                  .formatted(wanted.status().label()));
    };
  }

  private static Entry deletion(String id, @Nullable Account found) {
    if (found == null) {
      return new Entry.Refused("was never given to Okta, so there is nothing to delete");
    }
    if (found.status() == Account.Status.DISABLED) {
      return new Entry.Refused(
          "is deleted there already; what changed is given when the person comes back");
    }
    return new Entry.Given(
        Kind.DELETE, id, JsonMapper.shared().writeValueAsString(Map.of(EXTERNAL_ID, id)), null);
  }

  private Entry upsert(String id, Application application) {
    Map<String, Value> wanted = wanted(application);
    for (Map.Entry<String, Value> one : wanted.entrySet()) {
      String text = one.getValue().textOrNull();
      if (text != null && text.indexOf('\0') >= 0) {
        return new Entry.Refused(one.getKey() + " has a character that cannot be kept (U+0000)");
      }
    }
    ProfileRules.Fitted fitted = rules.fit(renamed(wanted));
    if (!fitted.refused().isEmpty()) {
      return new Entry.Refused(
          String.join("; ", fitted.refused().values()) + "; Okta was not asked");
    }
    Map<String, Value> before = accepted(application);
    List<String> remarks = new ArrayList<>(fitted.remarks());
    Map<String, @Nullable String> profile = new LinkedHashMap<>();
    for (String name : wanted.keySet()) {
      String ruled = name.equals(USER_NAME) ? LOGIN_OF_RULES : name;
      Value value = fitted.profile().get(ruled);
      String omission = fitted.leftOut().get(ruled);
      if (omission != null) {
        value = before.getOrDefault(name, new Value.Cleared());
        remarks.add("%s stays as it was: %s".formatted(name, omission));
      }
      profile.put(name, value == null ? null : value.textOrNull());
    }
    Map<String, Object> item = new LinkedHashMap<>();
    item.put(EXTERNAL_ID, id);
    item.put(PROFILE, profile);
    return new Entry.Given(
        Kind.UPSERT,
        id,
        JsonMapper.shared().writeValueAsString(item),
        remarks.isEmpty() ? null : String.join("; ", remarks));
  }

  /** All attributes in one order: those that are set, then others that are wanted. */
  private Map<String, Value> wanted(Application application) {
    Map<String, Value> given = new TreeMap<>(application.wanted().attributes());
    for (Change change : application.changes()) {
      if (change instanceof Change.Create(String login, String _)) {
        given.putIfAbsent(USER_NAME, new Value.Text(login));
      }
    }
    given.putIfAbsent(
        USER_NAME, accepted(application).getOrDefault(USER_NAME, new Value.Cleared()));
    given.putIfAbsent("email", accepted(application).getOrDefault("email", new Value.Cleared()));
    Map<String, Value> whole = new LinkedHashMap<>();
    for (String name : attributes) {
      Value value = given.remove(name);
      // What the rules leave alone stays as it was.
      whole.put(
          name,
          value == null ? accepted(application).getOrDefault(name, new Value.Cleared()) : value);
    }
    whole.putAll(given);
    return whole;
  }

  private static Map<String, Value> accepted(Application application) {
    Account found = application.found();
    return found == null ? Map.of() : found.attributes();
  }

  private static Map<String, Value> renamed(Map<String, Value> profile) {
    Map<String, Value> renamed = new TreeMap<>(profile);
    Value login = renamed.remove(USER_NAME);
    if (login != null) {
      renamed.put(LOGIN_OF_RULES, login);
    }
    return renamed;
  }

  private static boolean impossible(int unit) {
    return unit == 0 || Character.isSurrogate((char) unit);
  }
}
