package dev.rollcall.connector.okta;

import dev.rollcall.model.Account;
import dev.rollcall.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user as Okta has it.
 *
 * @param status in Okta's word; while Okta is still moving it to another, that one
 * @param profile by Okta's names; what has no value is not in it
 */
public record OktaUser(String id, String status, Map<String, String> profile) {

  static final String LOGIN = "login";
  static final String EMAIL = "email";

  public OktaUser {
    profile = Map.copyOf(profile);
  }

  /** What they sign in with; empty when Okta names none. */
  public String login() {
    return profile.getOrDefault(LOGIN, "");
  }

  @Nullable String value(String attribute) {
    return profile.get(attribute);
  }

  boolean staged() {
    return status.equals("STAGED");
  }

  boolean suspended() {
    return status.equals("SUSPENDED");
  }

  /** Whether its access has ended; Okta changes nothing about it then. */
  boolean deprovisioned() {
    return status.equals("DEPROVISIONED");
  }

  OktaUser as(String otherStatus) {
    return new OktaUser(id, otherStatus, profile);
  }

  /**
   * In the words of the model. Whoever has a status that is not known here is taken to have access,
   * so that it can be ended.
   *
   * @param groups of those that Rollcall manages
   */
  Account account(Set<String> groups) {
    Account.Status known =
        switch (status) {
          case "STAGED" -> Account.Status.STAGED;
          case "SUSPENDED" -> Account.Status.SUSPENDED;
          case "DEPROVISIONED" -> Account.Status.DISABLED;
          default -> Account.Status.ENABLED;
        };
    Map<String, Value> attributes = new HashMap<>();
    profile.forEach((name, text) -> attributes.put(name, new Value.Text(text)));
    return new Account(id, known, attributes, groups, List.of());
  }
}
