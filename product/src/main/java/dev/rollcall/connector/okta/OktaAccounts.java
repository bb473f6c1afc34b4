package dev.rollcall.connector.okta;

import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.Errand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The users of a tenant on one errand. It remembers how it saw them last, so that every change is
 * compared with what is there without a call for each.
 */
final class OktaAccounts implements AccountTarget {

  private static final String ID = "[0-9A-Za-z]{10,40}";

  private final OktaSettings settings;
  private final OktaClient client;
  private final Errand errand;
  private final GroupIds groups;
  private final RecentMemberships recent;
  private final Map<String, OktaUser> seen = new HashMap<>();

  OktaAccounts(
      OktaSettings settings,
      OktaClient client,
      Errand errand,
      GroupIds groups,
      RecentMemberships recent) {
    this.settings = settings;
    this.client = client;
    this.errand = errand;
    this.groups = groups;
    this.recent = recent;
  }

  @Override
  public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
    Map<SubjectKey, List<Account>> found = new HashMap<>();
    criteria.forEach((subject, wanted) -> {
      List<Account> accounts = having(wanted);
      if (!accounts.isEmpty()) {
        found.put(subject, accounts);
      }
    });
    return found;
  }

  private List<Account> having(Map<String, String> criteria) {
    Map<String, OktaUser> hits = new LinkedHashMap<>();
    Map<String, String> others = new TreeMap<>(criteria);
    String login = others.remove(OktaUser.LOGIN);
    if (login != null) {
      client.byLogin(login).ifPresent(user -> hits.put(user.id(), user));
    }
    Set<String> listed = new TreeSet<>();
    if (!others.isEmpty()) {
      for (OktaUser user : client.matching(others)) {
        if (hits.putIfAbsent(user.id(), user) == null) {
          listed.add(user.id());
        }
      }
    }
    if (hits.size() > 1) {
      // For a person to decide; whichever it is will be read again.
      return hits.values().stream().map(user -> user.account(Set.of())).toList();
    }
    return hits.values().stream()
        .flatMap(user ->
            listed.contains(user.id())
                ? still(user.id(), others).stream()
                : Optional.of(user).stream())
        .map(this::withGroups)
        .toList();
  }

  /** What a list shows may be some seconds old; only what is so now is acted upon. */
  private Optional<OktaUser> still(String id, Map<String, String> criteria) {
    return client
        .byId(id)
        .filter(user ->
            criteria.entrySet().stream()
                .anyMatch(one -> one.getValue().equalsIgnoreCase(user.value(one.getKey()))));
  }

  @Override
  public Map<String, Account> read(Collection<String> ids) {
    Map<String, Account> accounts = new HashMap<>();
    for (String id : new TreeSet<>(ids)) {
      // Whatever a person typed is asked for, too, and Okta would take it for a login.
      if (id.matches(ID)) {
        client.byId(id).ifPresent(user -> accounts.put(id, withGroups(user)));
      }
    }
    return accounts;
  }

  private Account withGroups(OktaUser user) {
    seen.put(user.id(), user);
    Set<String> managed = new TreeSet<>();
    if (!settings.managedGroups().isEmpty()) {
      for (OktaGroup group : client.groupsOf(user.id())) {
        if (group.takesMembers() && settings.managedGroups().contains(group.name())) {
          managed.add(group.name());
        }
      }
    }
    return user.account(recent.corrected(user.id(), managed, settings.managedGroups()));
  }

  @Override
  public List<Applied> apply(List<Application> applications) {
    List<Applied> applied = new ArrayList<>();
    for (Application application : applications) {
      Account found = application.found();
      String id = found == null ? null : found.id();
      OktaWriter writer =
          new OktaWriter(
              settings,
              client,
              errand,
              groups,
              recent,
              application,
              id == null ? null : lastSeen(id));
      try {
        applied.add(writer.write());
      } finally {
        // Also what was done before a failure was done.
        remember(writer.user());
      }
    }
    return applied;
  }

  private void remember(@Nullable OktaUser user) {
    if (user != null) {
      seen.put(user.id(), user);
    }
  }

  private @Nullable OktaUser lastSeen(String id) {
    OktaUser known = seen.get(id);
    return known != null ? known : client.byId(id).orElse(null);
  }
}
