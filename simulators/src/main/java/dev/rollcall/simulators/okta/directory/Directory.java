package dev.rollcall.simulators.okta.directory;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Users, groups and memberships of one tenant. Every change is told to the witness before anybody
 * can see it. Guarded by this object's monitor; a change is decided and made under one hold of it.
 */
public final class Directory {
  /** Is told of each change, in order, before it can be seen. */
  @FunctionalInterface
  public interface Witness {
    /**
     * Takes note of a change.
     *
     * @param request the number of the call it came from; 0 when somebody changed it by hand
     * @param at when it happens: now, but for an import that ended before anybody looked
     */
    void saw(long request, Instant at, Change change);
  }

  /** The name of the group that everybody is in. */
  public static final String EVERYONE = "Everyone";

  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int MAX_GROUPS_ON_CREATE = 20;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Supplier<Rules> rules;
  private final Witness witness;
  private final Map<String, Timeline<User>> users = new LinkedHashMap<>();
  private final Map<String, String> logins = new HashMap<>();
  private final Map<String, Timeline<Group>> groups = new LinkedHashMap<>();
  private final Map<String, Map<String, Timeline<Boolean>>> members = new HashMap<>();
  private final List<Mail> mails = new ArrayList<>();
  private long lastOrder;

  public Directory(Clock clock, Supplier<Rules> rules, Witness witness) {
    this.clock = clock;
    this.rules = rules;
    this.witness = witness;
  }

  /** Makes a change again that an earlier life had noted. */
  public synchronized void replay(Change change, Instant at) {
    apply(change, at);
  }

  /** The clock was set, perhaps back: nothing there is may lie in the future. */
  public synchronized void clockSet() {
    Instant now = clock.instant();
    users.values().forEach(timeline -> timeline.setBack(now));
    groups.values().forEach(timeline -> timeline.setBack(now));
    members.values().forEach(inside -> inside.values().forEach(one -> one.setBack(now)));
  }

  /** Gives a new tenant what every tenant has. */
  public synchronized void found() {
    boolean known = groups().stream().anyMatch(group -> group.type() == Group.Type.BUILT_IN);
    if (!known) {
      Map<String, JsonNode> profile = new LinkedHashMap<>();
      profile.put("name", StringNode.valueOf(EVERYONE));
      profile.put("description", StringNode.valueOf("All users in your organization"));
      addGroup(Group.Type.BUILT_IN, profile, 0);
    }
  }

  // ---- users

  public synchronized List<User> users() {
    Instant now = clock.instant();
    return users.values().stream()
        .flatMap(timeline -> timeline.latest().stream())
        .map(user -> user.at(now))
        .toList();
  }

  /** The users as an index knew them at an instant. */
  public synchronized List<User> usersAt(Instant when) {
    return users.values().stream()
        .flatMap(timeline -> timeline.at(when).stream())
        .map(user -> user.at(when))
        .toList();
  }

  /**
   * Finds by id, login or the part of a login before the @.
   *
   * @throws Refusal E0000007 where there is nobody
   */
  public synchronized User user(String key) {
    return find(key).orElseThrow(() -> Refusal.notFound(key, "User"));
  }

  public synchronized Optional<User> find(String key) {
    Instant now = clock.instant();
    Optional<User> byId = latest(key);
    return byId.or(() -> Optional.ofNullable(logins.get(folded(key))).flatMap(this::latest))
        .or(() -> byShortLogin(key))
        .map(user -> user.at(now));
  }

  /**
   * Creates a user.
   *
   * @throws Refusal E0000001 where the profile does not keep the rules, E0000093 for too many
   *     groups, E0000007 for one that is not there
   */
  public synchronized User create(NewUser wanted, long request) {
    Map<String, JsonNode> profile = merged(Map.of(), wanted.profile());
    rules.get().schema().check(wanted.profile().keySet(), profile, true);
    unique(profile, "");
    if (wanted.groups().size() > MAX_GROUPS_ON_CREATE) {
      throw Refusal.of(ErrorCode.E0000093, "The number of group targets is too large");
    }
    List<Group> joined = wanted.groups().stream().map(this::editable).toList();
    Instant now = now();
    boolean federated =
        wanted.provider().equals("FEDERATION") || wanted.provider().equals("SOCIAL");
    if (federated && wanted.password()) {
      throw Refusal.invalid("credentials", List.of("credentials: No password is allowed"));
    }
    User made =
        new User(
            freeId("00u"),
            lastOrder + 1,
            Status.STAGED,
            null,
            now,
            null,
            null,
            now,
            wanted.password() ? now : null,
            wanted.password(),
            wanted.provider(),
            null,
            wanted.realm().orElse(null),
            profile);
    if (wanted.activate()) {
      Status to =
          !wanted.password() && !federated
              ? Status.PROVISIONED
              : wanted.expire() ? Status.PASSWORD_EXPIRED : Status.ACTIVE;
      made = towards(made, to, now);
    }
    save("created", made, request);
    for (Group group : joined) {
      tell(request, new Change.Joined(group.id(), made.id()));
    }
    if (wanted.activate() && !wanted.password() && !federated) {
      mail(made, "activation", request);
    }
    return made;
  }

  /**
   * Changes a profile: partly, where a null clears and what is missing stays, or as a whole.
   *
   * @param realm another part of the tenant, if any
   * @param etag what the caller believes the user to be like, if they said so
   * @throws Refusal E0000007 for a deactivated user, E0000023 for one mastered elsewhere, E0000112
   *     while an activation runs, E0000231 where the user is another by now, E0000001
   */
  public synchronized User update(
      String key,
      Map<String, JsonNode> given,
      boolean whole,
      boolean password,
      Optional<String> realm,
      Optional<String> etag,
      long request) {
    User user = user(key);
    if (etag.isPresent() && !etag.get().equals(Etag.of(user))) {
      throw Refusal.of(ErrorCode.E0000231);
    }
    if (user.status() == Status.DEPROVISIONED && !rules.get().editDeactivated()) {
      throw Refusal.notFound(user.id(), "User");
    }
    settled(user);
    if (user.master() != null && (whole || !given.isEmpty())) {
      throw Refusal.of(ErrorCode.E0000023);
    }
    Map<String, JsonNode> profile = merged(whole ? Map.of() : user.profile(), given);
    rules.get().schema().check(given.keySet(), profile, false);
    unique(profile, user.id());
    User changed = user.with(profile, password, realm, now());
    save(whole ? "replaced" : "updated", changed, request);
    return changed;
  }

  /** Activates; mails the user where that is asked for. */
  public synchronized User activate(String key, boolean sendMail, long request) {
    User user = user(key);
    settled(user);
    if (user.status() != Status.STAGED && user.status() != Status.DEPROVISIONED) {
      throw Refusal.of(ErrorCode.E0000016);
    }
    boolean known = user.password() || user.provider().equals("FEDERATION");
    User changed = towards(user, known ? Status.ACTIVE : Status.PROVISIONED, now());
    save("activated", changed, request);
    if (sendMail) {
      mail(changed, "activation", request);
    }
    return changed;
  }

  /** Gives a new token to somebody who has not finished the first login or a recovery. */
  public synchronized User reactivate(String key, boolean sendMail, long request) {
    User user = user(key);
    if (user.status() != Status.PROVISIONED && user.status() != Status.RECOVERY) {
      throw Refusal.of(ErrorCode.E0000038);
    }
    save("reactivated", user, request);
    if (sendMail) {
      mail(user, "reactivation", request);
    }
    return user;
  }

  /**
   * Deactivates.
   *
   * @param later whether the caller does not wait for the end of it
   */
  public synchronized void deactivate(String key, boolean sendMail, boolean later, long request) {
    User user = user(key);
    if (user.status() == Status.DEPROVISIONED) {
      throw Refusal.notFound(user.id(), "User");
    }
    Instant now = now();
    User changed =
        later
            ? user.underway(Status.DEPROVISIONED, now.plus(rules.get().deactivation()))
            : user.arrived(Status.DEPROVISIONED, now);
    save("deactivated", changed, request);
    if (sendMail) {
      tell(request, new Change.Mailed(new Mail(now, "administrator", "deactivation", user.id())));
    }
  }

  public synchronized void suspend(String key, long request) {
    User user = user(key);
    settled(user);
    switch (user.status()) {
      case ACTIVE, PROVISIONED, PASSWORD_EXPIRED, RECOVERY ->
          save("suspended", user.arrived(Status.SUSPENDED, now()), request);
      case STAGED, LOCKED_OUT, SUSPENDED, DEPROVISIONED ->
          throw Refusal.invalid("suspendUser", List.of("Cannot suspend a user that is not active"));
    }
  }

  public synchronized void unsuspend(String key, long request) {
    User user = user(key);
    if (user.status() != Status.SUSPENDED) {
      throw Refusal.invalid(
          "unsuspendUser", List.of("Cannot unsuspend a user that is not suspended"));
    }
    save("unsuspended", user.arrived(Status.ACTIVE, now()), request);
  }

  public synchronized void unlock(String key, long request) {
    User user = user(key);
    if (user.status() != Status.LOCKED_OUT) {
      throw Refusal.of(ErrorCode.E0000032, "The user is not locked out.");
    }
    save("unlocked", user.arrived(Status.ACTIVE, now()), request);
  }

  public synchronized User expirePassword(String key, long request) {
    User user = user(key);
    if (user.status() != Status.ACTIVE && user.status() != Status.PASSWORD_EXPIRED) {
      throw Refusal.of(ErrorCode.E0000038);
    }
    User changed = user.arrived(Status.PASSWORD_EXPIRED, now());
    save("password expired", changed, request);
    return changed;
  }

  public synchronized User resetPassword(String key, boolean sendMail, long request) {
    User user = user(key);
    if (!user.status().links().contains("resetPassword")) {
      throw Refusal.of(ErrorCode.E0000038);
    }
    User changed = user.arrived(Status.RECOVERY, now());
    save("password reset", changed, request);
    if (sendMail) {
      mail(changed, "password reset", request);
    }
    return changed;
  }

  /** Deactivates with the first call, deletes with the second. */
  public synchronized void delete(String key, boolean sendMail, boolean later, long request) {
    User user = user(key);
    if (user.status() == Status.DEPROVISIONED) {
      tell(request, new Change.UserRemoved(user.id()));
    } else {
      deactivate(key, sendMail, later, request);
    }
  }

  /** Deletes at once, as somebody else would behind the caller's back. */
  public synchronized boolean vanish(String key) {
    Optional<User> user = find(key);
    user.ifPresent(known -> tell(0, new Change.UserRemoved(known.id())));
    return user.isPresent();
  }

  /**
   * Changes a user by hand, without any rule but that of the login.
   *
   * @param status another state, if any
   * @param master where the profile is kept; empty for Okta itself
   * @param profile values to set, nulls to clear
   */
  public synchronized User adjust(
      String key, Optional<Status> status, Optional<String> master, Map<String, JsonNode> profile) {
    Instant now = now();
    User user = user(key);
    Map<String, JsonNode> merged = merged(user.profile(), profile);
    unique(merged, user.id());
    User changed = user.with(merged, false, Optional.empty(), now);
    if (status.isPresent() && status.get() != user.status()) {
      changed = changed.arrived(status.get(), now);
    }
    if (master.isPresent()) {
      boolean own = master.get().isEmpty();
      changed = changed.mastered(own ? null : master.get(), own ? "OKTA" : "IMPORT", now);
    }
    save("adjusted", changed, 0);
    return changed;
  }

  // ---- imports

  /** Who has exactly this login, whatever its case and accents. */
  public synchronized Optional<User> byLogin(String login) {
    return Optional.ofNullable(logins.get(folded(login))).flatMap(this::latest);
  }

  /**
   * Creates somebody whom an import brings, at the instant of the import.
   *
   * @param master the source their profile is kept in, if it is
   * @throws Refusal E0000001 where the profile does not keep the rules
   */
  public synchronized User bring(
      Map<String, JsonNode> given,
      Optional<String> master,
      boolean activate,
      Instant when,
      long request) {
    Map<String, JsonNode> profile = merged(Map.of(), given);
    rules.get().schema().check(given.keySet(), profile, true);
    unique(profile, "");
    Instant now = seconds(when);
    User made =
        new User(
            freeId("00u"),
            lastOrder + 1,
            Status.STAGED,
            null,
            now,
            null,
            null,
            now,
            null,
            false,
            "OKTA",
            master.orElse(null),
            null,
            profile);
    if (activate) {
      made = made.arrived(Status.PROVISIONED, now);
    }
    tell(request, new Change.UserSaved("created", made), when);
    if (activate) {
      mail(made, "activation", when, request);
    }
    return made;
  }

  /**
   * Changes somebody whom an import brings again, at the instant of the import.
   *
   * @param given what is mapped, nulls to clear; empty where the profile is not the source's
   * @param master the source their profile is kept in, if it is
   * @param back whether somebody deactivated or suspended comes back
   * @return whether anything is other than before
   * @throws Refusal E0000001 where the profile would not keep the rules
   */
  public synchronized boolean bringAgain(
      String id,
      Map<String, JsonNode> given,
      Optional<String> master,
      boolean back,
      Instant when,
      long request) {
    User user = user(id);
    Map<String, JsonNode> profile = merged(user.profile(), given);
    rules.get().schema().check(given.keySet(), profile, false);
    unique(profile, user.id());
    Instant now = seconds(when);
    User changed = user;
    if (!profile.equals(user.profile())
        || !Objects.equals(master.orElse(user.master()), user.master())) {
      changed =
          user.with(profile, false, Optional.empty(), now)
              .mastered(master.orElse(user.master()), user.provider(), now);
      tell(request, new Change.UserSaved("updated", changed), when);
    }
    if (back && user.status() == Status.SUSPENDED) {
      changed = changed.arrived(Status.ACTIVE, now);
      tell(request, new Change.UserSaved("unsuspended", changed), when);
    } else if (back && user.status() == Status.DEPROVISIONED) {
      changed = changed.arrived(Status.PROVISIONED, now);
      tell(request, new Change.UserSaved("activated", changed), when);
      mail(changed, "activation", when, request);
    }
    return !changed.equals(user);
  }

  /** Deactivates somebody whom an import takes away; false where they are deactivated already. */
  public synchronized boolean takeAway(String id, Instant when, long request) {
    Optional<User> user = latest(id).filter(known -> known.status() != Status.DEPROVISIONED);
    user.ifPresent(known ->
        tell(
            request,
            new Change.UserSaved("deactivated", known.arrived(Status.DEPROVISIONED, seconds(when))),
            when));
    return user.isPresent();
  }

  // ---- groups

  public synchronized List<Group> groups() {
    return groups.values().stream().flatMap(timeline -> timeline.latest().stream()).toList();
  }

  public synchronized List<Group> groupsAt(Instant when) {
    return groups.values().stream().flatMap(timeline -> timeline.at(when).stream()).toList();
  }

  public synchronized Group group(String id) {
    return Optional.ofNullable(groups.get(id))
        .flatMap(Timeline::latest)
        .orElseThrow(() -> Refusal.notFound(id, "UserGroup"));
  }

  /**
   * Creates a group.
   *
   * @throws Refusal E0000001 without a name, E0000055 where the name is taken
   */
  public synchronized Group addGroup(Group.Type type, Map<String, JsonNode> profile, long request) {
    named(profile, "");
    Instant now = now();
    Group group = new Group(freeId("00g"), lastOrder + 1, type, now, now, now, profile);
    tell(request, new Change.GroupSaved("created", group));
    return group;
  }

  public synchronized Group replaceGroup(String id, Map<String, JsonNode> profile, long request) {
    Group group = editable(id);
    named(profile, id);
    Group changed = group.with(profile, now());
    tell(request, new Change.GroupSaved("replaced", changed));
    return changed;
  }

  public synchronized void removeGroup(String id, long request) {
    tell(request, new Change.GroupRemoved(editable(id).id()));
  }

  /** Deletes at once, as somebody else would behind the caller's back. */
  public synchronized boolean vanishGroup(String id) {
    if (Optional.ofNullable(groups.get(id)).flatMap(Timeline::latest).isEmpty()) {
      return false;
    }
    tell(0, new Change.GroupRemoved(id));
    return true;
  }

  /** Puts somebody into a group; nothing happens where they are in it. */
  public synchronized void join(String group, String user, long request) {
    String groupId = editable(group).id();
    String userId = user(user).id();
    if (!isMember(groupId, userId)) {
      tell(request, new Change.Joined(groupId, userId));
    }
  }

  /** Takes somebody out of a group; nothing happens where they are not in it. */
  public synchronized void leave(String group, String user, long request) {
    String groupId = editable(group).id();
    String userId = user(user).id();
    if (isMember(groupId, userId)) {
      tell(request, new Change.Left(groupId, userId));
    }
  }

  /** Who was in a group at an instant, in the order of their creation. */
  public synchronized List<User> membersAt(String group, Instant when) {
    Group known = group(group);
    if (known.type() == Group.Type.BUILT_IN) {
      return users();
    }
    Set<String> inside = new HashSet<>();
    members
        .getOrDefault(known.id(), Map.of())
        .forEach((user, timeline) -> timeline.at(when).ifPresent(yes -> inside.add(user)));
    return users().stream().filter(user -> inside.contains(user.id())).toList();
  }

  /** What somebody was in at an instant, everybody's group included. */
  public synchronized List<Group> groupsOfAt(String user, Instant when) {
    String id = user(user).id();
    return groups().stream()
        .filter(group ->
            group.type() == Group.Type.BUILT_IN
                || Optional.ofNullable(members.getOrDefault(group.id(), Map.of()).get(id))
                    .flatMap(timeline -> timeline.at(when))
                    .isPresent())
        .toList();
  }

  /** Who is in which group right now, by group, everybody's group left out. */
  public synchronized Map<String, List<String>> memberships() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Group group : groups()) {
      if (group.type() != Group.Type.BUILT_IN) {
        List<String> inside = new ArrayList<>();
        members
            .getOrDefault(group.id(), Map.of())
            .forEach((user, timeline) -> timeline.latest().ifPresent(yes -> inside.add(user)));
        Collections.sort(inside);
        all.put(group.id(), inside);
      }
    }
    return all;
  }

  /** All e-mails that went out, in order. */
  public synchronized List<Mail> mails() {
    return List.copyOf(mails);
  }

  // ---- within

  private void apply(Change change, Instant at) {
    switch (change) {
      case Change.UserSaved(String what, User user) -> {
        latest(user.id()).ifPresent(before -> logins.remove(folded(before.login())));
        logins.put(folded(user.login()), user.id());
        users.computeIfAbsent(user.id(), id -> new Timeline<>()).put(at, user);
        lastOrder = Math.max(lastOrder, user.order());
      }
      case Change.UserRemoved(String id) -> {
        latest(id).ifPresent(before -> logins.remove(folded(before.login())));
        Optional.ofNullable(users.get(id)).ifPresent(timeline -> timeline.put(at, null));
        members
            .values()
            .forEach(
                inside -> Optional.ofNullable(inside.get(id)).ifPresent(one -> one.put(at, null)));
      }
      case Change.GroupSaved(String what, Group group) -> {
        groups.computeIfAbsent(group.id(), id -> new Timeline<>()).put(at, group);
        lastOrder = Math.max(lastOrder, group.order());
      }
      case Change.GroupRemoved(String id) -> {
        Optional.ofNullable(groups.get(id)).ifPresent(timeline -> timeline.put(at, null));
        members.remove(id);
      }
      case Change.Joined(String group, String user) -> member(group, user, at, true);
      case Change.Left(String group, String user) -> member(group, user, at, null);
      case Change.Mailed(Mail mail) -> mails.add(mail);
    }
  }

  private void member(String group, String user, Instant at, @Nullable Boolean inside) {
    members
        .computeIfAbsent(group, id -> new LinkedHashMap<>())
        .computeIfAbsent(user, id -> new Timeline<>())
        .put(at, inside);
    Optional.ofNullable(groups.get(group))
        .ifPresent(timeline ->
            timeline
                .latest()
                .ifPresent(known -> timeline.put(at, known.withMembersChanged(seconds(at)))));
  }

  private void tell(long request, Change change) {
    tell(request, change, clock.instant());
  }

  private void tell(long request, Change change, Instant at) {
    witness.saw(request, at, change);
    apply(change, at);
  }

  private void save(String what, User user, long request) {
    tell(request, new Change.UserSaved(what, user));
  }

  private void mail(User user, String what, long request) {
    mail(user, what, clock.instant(), request);
  }

  private void mail(User user, String what, Instant at, long request) {
    tell(
        request,
        new Change.Mailed(new Mail(seconds(at), user.text("email").orElse(""), what, user.id())),
        at);
  }

  private Optional<User> latest(String id) {
    return Optional.ofNullable(users.get(id)).flatMap(Timeline::latest);
  }

  private Optional<User> byShortLogin(String key) {
    if (key.contains("@")) {
      return Optional.empty();
    }
    String start = folded(key) + "@";
    List<String> found =
        logins.entrySet().stream()
            .filter(login -> login.getKey().startsWith(start))
            .map(Map.Entry::getValue)
            .toList();
    return found.size() == 1 ? latest(found.getFirst()) : Optional.empty();
  }

  private User towards(User user, Status to, Instant now) {
    return rules.get().activation().isZero()
        ? user.arrived(to, now)
        : user.underway(to, now.plus(rules.get().activation()));
  }

  private static void settled(User user) {
    if (user.transition() != null) {
      throw Refusal.of(
          user.transition().to() == Status.DEPROVISIONED ? ErrorCode.E0000038 : ErrorCode.E0000112);
    }
  }

  private boolean isMember(String group, String user) {
    return Optional.ofNullable(members.getOrDefault(group, Map.of()).get(user))
        .flatMap(Timeline::latest)
        .isPresent();
  }

  private Group editable(String id) {
    Group group = group(id);
    if (group.type() != Group.Type.OKTA_GROUP) {
      throw Refusal.of(ErrorCode.E0000006);
    }
    return group;
  }

  private void named(Map<String, JsonNode> profile, String own) {
    String name = Optional.ofNullable(profile.get("name")).map(JsonNode::asString).orElse("");
    if (name.isBlank()) {
      throw Refusal.invalid("name", List.of("name: The field cannot be left blank"));
    }
    if (name.length() > 255) {
      throw Refusal.invalid("name", List.of("name: The field is too long"));
    }
    if (groups().stream()
        .anyMatch(group -> group.name().equalsIgnoreCase(name) && !group.id().equals(own))) {
      throw Refusal.of(ErrorCode.E0000055);
    }
  }

  private void unique(Map<String, JsonNode> profile, String own) {
    String login = Optional.ofNullable(profile.get("login")).map(JsonNode::asString).orElse("");
    @Nullable String holder = logins.get(folded(login));
    if (holder != null && !holder.equals(own)) {
      throw Refusal.invalid(
          "login",
          List.of("login: An object with this field already exists in the current organization"));
    }
  }

  private static Map<String, JsonNode> merged(
      Map<String, JsonNode> known, Map<String, JsonNode> given) {
    Map<String, JsonNode> merged = new LinkedHashMap<>(known);
    given.forEach((name, value) -> {
      if (value.isNull() || (value.isString() && value.asString().isEmpty())) {
        merged.remove(name);
      } else {
        merged.put(name, value);
      }
    });
    return Collections.unmodifiableMap(merged);
  }

  private String freeId(String prefix) {
    String id = id(prefix, 17);
    while (users.containsKey(id) || groups.containsKey(id)) {
      id = id(prefix, 17);
    }
    return id;
  }

  private String id(String prefix, int letters) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < letters; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  private Instant now() {
    return seconds(clock.instant());
  }

  private static Instant seconds(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Logins are one whatever their case and accents. */
  private static String folded(String login) {
    return Normalizer.normalize(login, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
