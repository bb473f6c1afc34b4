package dev.rollcall.connector.okta;

import dev.rollcall.http.Exchange;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Okta's Users and Groups API on one errand: a method for each call ({@code facts/okta.md §2}). All
 * of them throw a {@link ConnectorException} with what Okta said.
 */
public final class OktaClient {

  /** So many groups a new user can be put into at once. */
  static final int MOST_GROUPS_AT_ONCE = 20;

  private static final String USERS = "/api/v1/users";
  private static final String GROUPS = "/api/v1/groups";
  private static final String ONE_USER_READ = "/api/v1/users/{id:.+}";
  private static final String ONE_USER_WRITTEN = "/api/v1/users/{id}";

  /** The default schema takes no shorter login; some short words mean somebody else to Okta. */
  private static final int SHORTEST_LOGIN = 5;

  private static final int PAGE = 200;

  private final OktaConnection connection;
  private final Errand errand;

  /**
   * @param errand on whose account every call is made
   */
  public OktaClient(OktaConnection connection, Errand errand) {
    this.connection = connection;
    this.errand = errand;
  }

  /**
   * Makes a user who cannot sign in yet; nobody is told.
   *
   * @param groupIds at most {@link #MOST_GROUPS_AT_ONCE}
   */
  OktaUser create(Map<String, Value> profile, List<String> groupIds) {
    // Left out it would be true, and Okta would e-mail the new person.
    OktaCall call =
        new OktaCall(
            "POST",
            USERS,
            "activate=false",
            USERS,
            true,
            false,
            OktaJson.newUser(profile, groupIds));
    return OktaJson.user(send(call), call.named());
  }

  /** The user with this id. */
  Optional<OktaUser> byId(String id) {
    return one(id).filter(user -> user.id().equals(id));
  }

  /**
   * The user with this login, whatever the status; seen as soon as it is written. Small and capital
   * letters and accents make no difference, as Okta takes two such logins for the same.
   */
  public Optional<OktaUser> byLogin(String login) {
    if (login.length() < SHORTEST_LOGIN) {
      return Optional.empty();
    }
    // A slash cannot be part of a path; such a login is only found a moment after it was written.
    List<OktaUser> found =
        login.indexOf('/') < 0 && login.indexOf('\\') < 0
            ? one(login).stream().toList()
            : matching(Map.of(OktaUser.LOGIN, login));
    // Okta also takes the part of a login before its @, and ids.
    return found.stream().filter(user -> same(user.login(), login)).findFirst();
  }

  private Optional<OktaUser> one(String idOrLogin) {
    OktaCall call = get(USERS + "/" + encoded(idOrLogin), null, ONE_USER_READ, true);
    try {
      return Optional.of(OktaJson.user(send(call), call.named()));
    } catch (ConnectorException failure) {
      if (failure.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /**
   * The users who have at least one of these values, whatever their status. What was written in the
   * last seconds may not be seen yet.
   */
  List<OktaUser> matching(Map<String, String> values) {
    List<String> terms = new ArrayList<>();
    values.forEach((attribute, value) -> {
      if (!OktaSettings.isAttribute(attribute)) {
        throw new ConnectorException(
            ErrorKind.INVALID, attribute + " cannot be the name of a profile attribute", null);
      }
      terms.add("profile.%s eq %s".formatted(attribute, quoted(value)));
    });
    String search = encoded(String.join(" or ", terms));
    return pages(get(USERS, "search=" + search + "&limit=" + PAGE, USERS, false), OktaJson::users);
  }

  /**
   * Some of all users, whatever their status, and the query of those that follow.
   *
   * @param next empty when these were the last
   */
  public record Page(List<OktaUser> users, Optional<String> next) {
    public Page {
      users = List.copyOf(users);
    }
  }

  /**
   * Reads two hundred users. A list without a search leaves out those who are deactivated, and they
   * keep their logins. Who was made in the last seconds may be missing.
   *
   * @param query as the page before said it; null for the first page
   */
  public Page page(@Nullable String query) {
    String first = "search=" + encoded("profile.login pr") + "&limit=" + PAGE;
    OktaCall call = get(USERS, query == null ? first : query, USERS, false);
    Exchange answer = send(call);
    return new Page(OktaJson.users(answer, call.named()), OktaHeaders.next(answer.headers()));
  }

  /** Sets and clears values; those not named are left alone. */
  OktaUser update(String id, Map<String, Value> profile) {
    OktaCall call =
        new OktaCall(
            "POST",
            USERS + "/" + encoded(id),
            null,
            ONE_USER_WRITTEN,
            true,
            true,
            OktaJson.profile(profile));
    return OktaJson.user(send(call), call.named());
  }

  /**
   * Lets somebody in for the first time, or again after a deactivation.
   *
   * @param sendEmail whether Okta e-mails them how
   */
  void activate(String id, boolean sendEmail) {
    lifecycle(id, "activate", "sendEmail=" + sendEmail);
  }

  /** Ends somebody's access, and what Okta gave them elsewhere. Nobody is told. */
  void deactivate(String id) {
    lifecycle(id, "deactivate", "sendEmail=false");
  }

  void suspend(String id) {
    lifecycle(id, "suspend", null);
  }

  void unsuspend(String id) {
    lifecycle(id, "unsuspend", null);
  }

  private void lifecycle(String id, String operation, @Nullable String query) {
    send(
        new OktaCall(
            "POST",
            "%s/%s/lifecycle/%s".formatted(USERS, encoded(id), operation),
            query,
            USERS,
            true,
            true,
            null));
  }

  /** The groups with this very name. */
  List<OktaGroup> groupsNamed(String name) {
    String search = encoded("profile.name eq " + quoted(name));
    return pages(
            get(GROUPS, "search=" + search + "&limit=" + PAGE, GROUPS, false), OktaJson::groups)
        .stream()
        .filter(group -> group.name().equals(name))
        .toList();
  }

  /** The groups a user is in. */
  List<OktaGroup> groupsOf(String id) {
    return pages(
        get("%s/%s/groups".formatted(USERS, encoded(id)), null, USERS, true), OktaJson::groups);
  }

  /** Puts a user into a group; nothing happens when they are in it. */
  void addMember(String groupId, String userId) {
    member("PUT", groupId, userId);
  }

  /** Takes a user out of a group; nothing happens when they are not in it. */
  void removeMember(String groupId, String userId) {
    member("DELETE", groupId, userId);
  }

  private void member(String method, String groupId, String userId) {
    send(
        new OktaCall(
            method,
            "%s/%s/users/%s".formatted(GROUPS, encoded(groupId), encoded(userId)),
            null,
            GROUPS,
            true,
            true,
            null));
  }

  /** Reads as little as can be read, to see whether reading is allowed. */
  public Exchange leastRead() {
    return send(get(USERS, "limit=1", USERS, false));
  }

  private static OktaCall get(String path, @Nullable String query, String bucket, boolean ofOne) {
    return new OktaCall("GET", path, query, bucket, false, ofOne, null);
  }

  private <T> List<T> pages(OktaCall first, BiFunction<Exchange, String, List<T>> read) {
    List<T> all = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    OktaCall call = first;
    while (true) {
      Exchange answer = send(call);
      all.addAll(read.apply(answer, call.named()));
      Optional<String> next = OktaHeaders.next(answer.headers());
      if (next.isEmpty()) {
        return all;
      }
      if (!asked.add(next.get())) {
        throw new ConnectorException(
            ErrorKind.UNREADABLE,
            "Okta's pages of %s come back to one that was read".formatted(call.named()),
            null);
      }
      call = call.with(next.get());
    }
  }

  private Exchange send(OktaCall call) {
    return connection.call(errand, call);
  }

  private static String encoded(String text) {
    return OktaCall.encoded(text);
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Whether Okta takes two logins for the same. */
  static boolean same(String one, String other) {
    return folded(one).equals(folded(other));
  }

  /** A login as Okta compares it: without accents, in small letters. */
  public static String folded(String login) {
    return Normalizer.normalize(login, Normalizer.Form.NFD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }
}
