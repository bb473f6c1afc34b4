package dev.rollcall.connector.okta;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of one application, in order, each only where what is there differs. Used once.
 * Where somebody's access is to end, it ends: what Okta refuses to change before that is withheld.
 */
final class OktaWriter {

  private final OktaSettings settings;
  private final OktaClient client;
  private final Errand errand;
  private final GroupIds groups;
  private final RecentMemberships recent;
  private final ProfileRules rules;
  private final Application application;
  private final boolean ends;

  private final Set<String> joined = new HashSet<>();
  private final List<Change> withheld = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private @Nullable OktaUser user;
  private boolean updated;

  /**
   * @param user the found account as it was seen last, null when there is none
   */
  OktaWriter(
      OktaSettings settings,
      OktaClient client,
      Errand errand,
      GroupIds groups,
      RecentMemberships recent,
      Application application,
      @Nullable OktaUser user) {
    this.settings = settings;
    this.client = client;
    this.errand = errand;
    this.groups = groups;
    this.recent = recent;
    this.rules = new ProfileRules(settings);
    this.application = application;
    this.user = user;
    this.ends =
        application.changes().stream()
            .anyMatch(
                change -> change instanceof Change.Deactivate || change instanceof Change.Suspend);
  }

  /** The account as it is now, as far as is known; null when there is none yet. */
  @Nullable OktaUser user() {
    return user;
  }

  /**
   * Makes them.
   *
   * @throws ConnectorException at the first that fails; those before it are made
   */
  Applied write() {
    Account found = application.found();
    if (found != null && user == null) {
      throw new ConnectorException(
          ErrorKind.NOT_FOUND,
          "there is no account %s in Okta any more".formatted(found.id()),
          null);
    }
    for (Change change : application.changes()) {
      switch (change) {
        case Change.Create(String login, String _) -> create(login);
        case Change.Update _ -> update();
        case Change.Activate _ -> activate();
        case Change.Unsuspend _ -> unsuspend();
        case Change.JoinGroup(String group, String _) ->
            ifNotEnding(change, () -> join(change, group));
        case Change.LeaveGroup(String group, String _) ->
            ifNotEnding(change, () -> leave(change, group));
        case Change.Suspend _ -> suspend(change);
        case Change.Deactivate _ -> deactivate();
        case Change.PutAffiliation _ -> withhold(List.of(change), "Okta keeps no affiliations");
      }
    }
    return new Applied(
        there().id(), withheld, remarks.isEmpty() ? null : String.join("; ", remarks));
  }

  // --- making

  private void create(String login) {
    Map<String, Value> wanted = new TreeMap<>(wanted());
    wanted.put(OktaUser.LOGIN, new Value.Text(login));
    wanted.putIfAbsent(OktaUser.EMAIL, new Value.Cleared());
    Map<String, Value> profile = fitted(wanted);
    Map<String, String> first = groupsAtOnce();
    OktaUser made;
    try {
      made = made(profile, first);
    } catch (ConnectorException failure) {
      adopt(login, profile, failure);
      return;
    }
    user = made;
    errand.made(made.id());
    updated = true;
  }

  private OktaUser made(Map<String, Value> profile, Map<String, String> first) {
    try {
      OktaUser made = client.create(profile, List.copyOf(first.values()));
      joined.addAll(first.keySet());
      first.keySet().forEach(group -> recent.joined(made.id(), group));
      return made;
    } catch (ConnectorException failure) {
      if (failure.kind() != ErrorKind.NOT_FOUND || first.isEmpty()) {
        throw failure;
      }
      // One of the groups is gone; which one shows when they are joined one by one.
      first.keySet().forEach(groups::forget);
      return client.create(profile, List.of());
    }
  }

  /** The ids, by name, of those groups a new account can be in from the start. */
  private Map<String, String> groupsAtOnce() {
    Map<String, String> first = new LinkedHashMap<>();
    for (Change change : application.changes()) {
      if (change instanceof Change.JoinGroup(String group, String _)
          && first.size() < OktaClient.MOST_GROUPS_AT_ONCE) {
        groups.find(group, client).ifPresent(id -> first.put(group, id));
      }
    }
    return first;
  }

  /**
   * The account was not made, or nobody knows whether it was. Whoever has the login now is ours if
   * it says so by the correlation attribute.
   */
  private void adopt(String login, Map<String, Value> profile, ConnectorException failure) {
    boolean unknown =
        switch (failure.kind()) {
          case UNAVAILABLE, UNREADABLE -> true;
          case CONFLICT, INVALID -> false;
          case RATE_LIMITED, REFUSED_CREDENTIALS, NOT_FOUND -> throw failure;
        };
    Optional<OktaUser> holder;
    try {
      holder = client.byLogin(login);
    } catch (ConnectorException again) {
      failure.addSuppressed(again);
      throw failure;
    }
    OktaUser there = holder.orElseThrow(() -> failure);
    Value wanted = profile.get(settings.correlationAttribute());
    String mine = wanted == null ? null : wanted.textOrNull();
    String theirs = there.value(settings.correlationAttribute());
    if (mine == null || !mine.equals(theirs)) {
      throw new ConnectorException(
          ErrorKind.CONFLICT,
          "the login %s is that of account %s, whose %s is %s and not %s; nothing was changed"
              .formatted(
                  login,
                  there.id(),
                  settings.correlationAttribute(),
                  theirs == null ? "empty" : theirs,
                  mine == null ? "known here" : mine),
          failure);
    }
    user = there;
    errand.made(there.id());
    if (!unknown) {
      remarks.add(
          "account %s was there already with this login and %s, and is used"
              .formatted(there.id(), settings.correlationAttribute()));
    }
    if (there.deprovisioned() && has(Change.Activate.class)) {
      activate();
    }
    update(profile);
    updated = true;
  }

  // --- values

  private Map<String, Value> wanted() {
    Map<String, Value> wanted = new HashMap<>();
    for (Change.Update update : updates()) {
      wanted.put(update.attribute(), update.after());
    }
    return wanted;
  }

  private List<Change.Update> updates() {
    List<Change.Update> updates = new ArrayList<>();
    for (Change change : application.changes()) {
      if (change instanceof Change.Update update) {
        updates.add(update);
      }
    }
    return updates;
  }

  /** All values go in one call, where the first of them stands. */
  private void update() {
    if (!updated) {
      updated = true;
      update(fitted(differing(wanted())));
    }
  }

  private void update(Map<String, Value> profile) {
    Map<String, Value> differing = differing(profile);
    if (differing.isEmpty()) {
      return;
    }
    if (there().deprovisioned()) {
      withholdDeprovisioned(differing.keySet());
      return;
    }
    try {
      user = client.update(there().id(), differing);
    } catch (ConnectorException failure) {
      if (failure.kind() == ErrorKind.NOT_FOUND && again().deprovisioned()) {
        withholdDeprovisioned(differing.keySet());
      } else if (ends && concernsValues(failure)) {
        withhold(of(differing.keySet()), "not changed: " + failure.getMessage());
      } else {
        throw failure;
      }
    }
  }

  private void withholdDeprovisioned(Set<String> attributes) {
    withhold(
        of(attributes),
        "not changed, because the account is deactivated: " + String.join(", ", attributes));
  }

  private Map<String, Value> differing(Map<String, Value> profile) {
    Map<String, Value> differing = new TreeMap<>();
    OktaUser there = there();
    profile.forEach((attribute, value) -> {
      String text = value.textOrNull();
      String has = there.value(attribute);
      if (text == null ? has != null : !text.equals(has)) {
        differing.put(attribute, value);
      }
    });
    return differing;
  }

  /** What can be sent of it; what cannot is refused, or withheld where access is to end. */
  private Map<String, Value> fitted(Map<String, Value> wanted) {
    ProfileRules.Fitted fitted = rules.fit(wanted);
    if (!fitted.refused().isEmpty()) {
      String why = String.join("; ", fitted.refused().values());
      if (!ends) {
        throw new ConnectorException(ErrorKind.INVALID, why + "; Okta was not asked", null);
      }
      withhold(of(fitted.refused().keySet()), "not changed: " + why);
    }
    if (!fitted.leftOut().isEmpty()) {
      withhold(
          of(fitted.leftOut().keySet()),
          "left out: " + String.join("; ", fitted.leftOut().values()));
    }
    remarks.addAll(fitted.remarks());
    return fitted.profile();
  }

  private List<? extends Change> of(Set<String> attributes) {
    return updates().stream().filter(update -> attributes.contains(update.attribute())).toList();
  }

  // --- status

  private void activate() {
    if (!there().staged() && !there().deprovisioned()) {
      return;
    }
    try {
      client.activate(there().id(), settings.sendEmail());
      // Okta says which of the two only later; both can be used.
      user = there().as("PROVISIONED");
    } catch (ConnectorException failure) {
      if (!isSo(failure, ErrorKind.CONFLICT, now -> !now.staged() && !now.deprovisioned())) {
        throw failure;
      }
    }
  }

  private void unsuspend() {
    if (!there().suspended()) {
      return;
    }
    try {
      client.unsuspend(there().id());
      user = there().as("ACTIVE");
    } catch (ConnectorException failure) {
      if (!isSo(failure, ErrorKind.INVALID, now -> !now.suspended() && !now.deprovisioned())) {
        throw failure;
      }
    }
  }

  private void suspend(Change change) {
    if (there().suspended() || there().deprovisioned()) {
      return;
    }
    if (there().staged()) {
      withhold(List.of(change), "not suspended, because the account was never activated");
      return;
    }
    try {
      client.suspend(there().id());
      user = there().as("SUSPENDED");
    } catch (ConnectorException failure) {
      if (!isSo(failure, ErrorKind.INVALID, now -> now.suspended() || now.deprovisioned())) {
        throw failure;
      }
    }
  }

  private void deactivate() {
    if (there().deprovisioned()) {
      return;
    }
    try {
      client.deactivate(there().id());
      user = there().as("DEPROVISIONED");
    } catch (ConnectorException failure) {
      // Okta says "not found" of one that is deactivated already.
      if (!isSo(failure, ErrorKind.NOT_FOUND, OktaUser::deprovisioned)) {
        throw failure;
      }
    }
  }

  /** Whether what was refused is so all the same: somebody else was quicker, or we were before. */
  private boolean isSo(ConnectorException failure, ErrorKind refused, Predicate<OktaUser> so) {
    return failure.kind() == refused && so.test(again());
  }

  // --- groups

  private void join(Change change, String group) {
    if (joined.contains(group)) {
      return;
    }
    recent.forget(there().id(), group);
    if (changed(group, client::addMember)) {
      joined.add(group);
      recent.joined(there().id(), group);
    } else {
      withhold(List.of(change), unknown(group));
    }
  }

  private void leave(Change change, String group) {
    joined.remove(group);
    recent.forget(there().id(), group);
    if (groups.find(group, client).isEmpty()) {
      withhold(List.of(change), unknown(group));
    } else {
      // Of a group that is gone nobody is a member any more.
      changed(group, client::removeMember);
      recent.left(there().id(), group);
    }
  }

  private interface Membership {
    void change(String groupId, String userId);
  }

  /** Changes a membership, in the group that has the name by now; false when there is none. */
  private boolean changed(String group, Membership membership) {
    Optional<String> id = groups.find(group, client);
    if (id.isEmpty()) {
      return false;
    }
    if (changed(group, id.get(), membership)) {
      return true;
    }
    Optional<String> other = groups.find(group, client).filter(now -> !now.equals(id.get()));
    return other.isPresent() && changed(group, other.get(), membership);
  }

  /**
   * Changes a membership.
   *
   * @return false when the group is not there any more, which is forgotten then
   * @throws ConnectorException when the account is not there any more, or it is refused
   */
  private boolean changed(String group, String groupId, Membership membership) {
    try {
      membership.change(groupId, there().id());
      return true;
    } catch (ConnectorException failure) {
      if (failure.kind() != ErrorKind.NOT_FOUND) {
        throw failure;
      }
      groups.forget(group);
      again();
      return false;
    }
  }

  private static String unknown(String group) {
    return "Okta has no group '%s' that takes members; make it, or correct its name"
        .formatted(group);
  }

  // ---

  private void ifNotEnding(Change change, Runnable work) {
    try {
      work.run();
    } catch (ConnectorException failure) {
      if (!ends || !concernsValues(failure)) {
        throw failure;
      }
      withhold(List.of(change), "not done: " + failure.getMessage());
    }
  }

  /** Whether it says something about what was asked, and nothing about Okta or the account. */
  private static boolean concernsValues(ConnectorException failure) {
    return switch (failure.kind()) {
      case INVALID, CONFLICT -> true;
      case RATE_LIMITED, UNAVAILABLE, REFUSED_CREDENTIALS, NOT_FOUND, UNREADABLE -> false;
    };
  }

  private boolean has(Class<? extends Change> kind) {
    return application.changes().stream().anyMatch(kind::isInstance);
  }

  private void withhold(List<? extends Change> changes, String why) {
    withheld.addAll(changes);
    remarks.add(why);
  }

  /** The account as it is now, asked again. */
  private OktaUser again() {
    String id = there().id();
    OktaUser now =
        client
            .byId(id)
            .orElseThrow(() ->
                new ConnectorException(
                    ErrorKind.NOT_FOUND,
                    "there is no account %s in Okta any more".formatted(id),
                    null));
    user = now;
    return now;
  }

  private OktaUser there() {
    OktaUser now = user;
    if (now == null) {
      throw new ConnectorException(
          ErrorKind.INVALID,
          "%s has no account in Okta, and none is to be made".formatted(application.subject()),
          null);
    }
    return now;
  }
}
