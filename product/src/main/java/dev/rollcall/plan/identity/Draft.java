package dev.rollcall.plan.identity;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Mapped;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan for one account in the making: only real differences become changes. Every method adds
 * what it is about behind what is there already. Used once.
 */
final class Draft {

  private final IdentitySettings settings;
  private final Thought thought;
  private final Wanted wanted;
  private final Match match;
  private final @Nullable Account found;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Origin> origins = new LinkedHashMap<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<String> remarks;

  /**
   * @param wanted as the search left it
   * @param found null when an account is to be made
   */
  Draft(
      IdentitySettings settings,
      Thought thought,
      Wanted wanted,
      Match match,
      @Nullable Account found) {
    this.settings = settings;
    this.thought = thought;
    this.wanted = wanted;
    this.match = match;
    this.found = found;
    this.remarks = new LinkedHashSet<>(wanted.remarks());
  }

  /** Nothing is to be done, and why. */
  static Plan stopped(Wanted wanted, Match match, Outcome stop, List<String> missing) {
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, Origin> origins = new LinkedHashMap<>();
    wanted
        .attributes()
        .forEach((attribute, mapped) -> {
          values.put(attribute, mapped.value());
          origins.put(attribute, mapped.origin());
        });
    Account account = new Account(null, Status.ENABLED, values, List.of());
    return new Plan(match, account, List.of(), origins, null, stop, missing, wanted.remarks());
  }

  /** The state the account is in so far. */
  Status status() {
    return so().status();
  }

  private Account so() {
    return AccountAfter.of(found, found == null ? null : found.id(), changes);
  }

  /**
   * The account is made, not switched on, with all values. What it cannot be without is there: see
   * {@link #lacking}.
   */
  void create(Mapped login) {
    changes.add(
        new Change.Create(
            Objects.requireNonNull(login.value().textOrNull()),
            match.reason() + "; " + login.explained()));
    keep(IdentitySettings.LOGIN, login);
    thought
        .attributes()
        .forEach((attribute, mapped) -> {
          keep(attribute, mapped);
          compare(attribute, mapped);
        });
  }

  /** What an account cannot be made without and the source does not give, with the reason. */
  static Map<String, String> lacking(Thought thought, Wanted wanted, IdentitySettings settings) {
    Map<String, String> lacking = new LinkedHashMap<>();
    if (!wanted.attributes().containsKey(IdentitySettings.LOGIN)) {
      lacking.put(IdentitySettings.LOGIN, String.valueOf(thought.noLogin()));
    }
    List<String> needed = new ArrayList<>(IdentitySettings.REQUIRED);
    needed.add(settings.correlation());
    for (String attribute : needed) {
      if (thought.text(attribute) == null) {
        Mapped mapped = thought.attributes().get(attribute);
        lacking.put(
            attribute,
            mapped == null
                ? "no %s: the source does not tell it".formatted(attribute)
                : "no %s: %s".formatted(attribute, mapped.explained()));
      }
    }
    return lacking;
  }

  /** The values of an account that is there. */
  void update() {
    login();
    thought
        .attributes()
        .forEach((attribute, mapped) -> {
          if (mapped.value() instanceof Value.Cleared && cannotBeCleared(attribute)) {
            // Okta would refuse it, and with it everything else.
            missing.add(attribute);
            leave(attribute);
          } else {
            keep(attribute, mapped);
            compare(attribute, mapped);
          }
        });
  }

  private boolean cannotBeCleared(String attribute) {
    return IdentitySettings.REQUIRED.contains(attribute)
        || attribute.equals(settings.correlation());
  }

  /** A login that is one of those they could have stays, and any does unless it is to follow. */
  private void login() {
    String has = text(IdentitySettings.LOGIN);
    Mapped login = wanted.attributes().get(IdentitySettings.LOGIN);
    for (Mapped own : thought.logins()) {
      if (Logins.same(own.value().textOrNull(), has)) {
        origins.put(IdentitySettings.LOGIN, own.origin());
        leave(IdentitySettings.LOGIN);
        return;
      }
    }
    if (login != null && (has == null || settings.renameLogin())) {
      keep(IdentitySettings.LOGIN, login);
      compare(IdentitySettings.LOGIN, login);
    } else {
      leave(IdentitySettings.LOGIN);
    }
  }

  private void leave(String attribute) {
    Value value = found == null ? null : found.attributes().get(attribute);
    if (value != null) {
      values.put(attribute, value);
    }
  }

  private void keep(String attribute, Mapped mapped) {
    values.put(attribute, mapped.value());
    origins.put(attribute, mapped.origin());
  }

  private void compare(String attribute, Mapped mapped) {
    String before = text(attribute);
    if (!Objects.equals(before, mapped.value().textOrNull())) {
      changes.add(
          new Change.Update(
              attribute, before, mapped.value(), mapped.origin(), mapped.explained()));
    }
  }

  private @Nullable String text(String attribute) {
    Value value = found == null ? null : found.attributes().get(attribute);
    return value == null ? null : value.textOrNull();
  }

  /** It becomes a member of those of these groups in which it is not. */
  void join(Map<String, String> reasons) {
    Set<String> in = so().groups();
    reasons.forEach((group, why) -> {
      if (!in.contains(group)) {
        changes.add(new Change.JoinGroup(group, why));
      }
    });
  }

  /** It is no longer in these groups. */
  void leave(Set<String> groups, String why) {
    Set<String> in = so().groups();
    for (String group : new TreeSet<>(groups)) {
      if (in.contains(group)) {
        changes.add(new Change.LeaveGroup(group, why));
      }
    }
  }

  /**
   * It is in these groups, whatever was found: Okta's lists of them lag behind what a line before
   * this one did, and joining twice does nothing.
   */
  void joinAnyhow(Map<String, String> reasons) {
    reasons.forEach((group, why) -> changes.add(new Change.JoinGroup(group, why)));
  }

  /** It is in none of these groups, whatever was found; see {@link #joinAnyhow}. */
  void leaveAnyhow(Set<String> groups, String why) {
    new TreeSet<>(groups).forEach(group -> changes.add(new Change.LeaveGroup(group, why)));
  }

  /** It can be used, whatever it was before. */
  void activate(String why) {
    switch (status()) {
      case STAGED, DISABLED -> changes.add(new Change.Activate(why));
      case SUSPENDED -> changes.add(new Change.Unsuspend(why));
      case ENABLED -> {}
    }
  }

  /** It cannot be used for a while; only what can be used can be suspended. */
  void suspend(String why) {
    if (status() == Status.ENABLED) {
      changes.add(new Change.Suspend(why));
    }
  }

  /** It has ended. */
  void deactivate(String why) {
    if (status() != Status.DISABLED) {
      changes.add(new Change.Deactivate(why));
    }
  }

  /** Something for a person to look at. */
  void remark(String remark) {
    remarks.add(remark);
  }

  /** What of the attributes that everybody needs is empty in the source. */
  Set<String> missing() {
    return missing;
  }

  Plan plan() {
    Account after = so();
    if (!values.containsKey(IdentitySettings.LOGIN)) {
      // Whatever else is done, an account keeps its login; the source's copy of links names it.
      leave(IdentitySettings.LOGIN);
    }
    return new Plan(
        match,
        new Account(after.id(), after.status(), values, after.groups(), after.affiliations()),
        changes,
        origins,
        null,
        null,
        after.status() == Status.DISABLED ? List.of() : List.copyOf(missing),
        List.copyOf(remarks));
  }
}
