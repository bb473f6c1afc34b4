package dev.rollcall.plan.identity;

import dev.rollcall.model.Account;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Correlation;
import dev.rollcall.plan.Mapped;
import dev.rollcall.plan.Matcher;
import dev.rollcall.plan.Matcher.Hit;
import dev.rollcall.plan.Wanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An account is theirs that says so by the correlation attribute. One that has their login and says
 * that it is another person's only means that the login is taken: the next one is tried. Whatever
 * else was found, as an account that says nothing, or another person's with their e-mail address, a
 * person has to decide about.
 */
final class IdentityCorrelation implements Correlation {

  /** Whose an account is that was found, as far as it can be told. */
  private enum Whose {
    THEIRS,
    /** Nobody's by what it says. */
    NOBODYS,
    /** Another person's, for certain or with nothing but a login in common. */
    ANOTHERS,
    /** It says two things. */
    CONTRADICTS
  }

  private final IdentitySettings settings;

  IdentityCorrelation(IdentitySettings settings) {
    this.settings = settings;
  }

  @Override
  public Set<String> agreed(Account account, Map<String, String> criteria) {
    Set<String> agreed = new HashSet<>();
    criteria.forEach((attribute, value) -> {
      String found = text(account, attribute);
      boolean folds = !attribute.equals(settings.correlation());
      if (folds ? Logins.same(value, found) : value.equals(found)) {
        agreed.add(attribute);
      }
    });
    return agreed;
  }

  @Override
  public Match byLink(
      Wanted wanted, String accountId, @Nullable Account found, @Nullable Decision decision) {
    Match match = Matcher.byLink(accountId, found, decision);
    String theirs = text(wanted, settings.correlation());
    String says = found == null ? null : text(found, settings.correlation());
    if (decision == null && theirs != null && says != null && !theirs.equals(says)) {
      return new Match.Ambiguous(
          List.of(Candidate.linked(accountId)),
          "linked to account %s, whose %s is %s and not %s"
              .formatted(accountId, settings.correlation(), says, theirs));
    }
    return match;
  }

  @Override
  public Map<String, String> contested(Wanted wanted, Account own) {
    String login = text(wanted, IdentitySettings.LOGIN);
    return login != null && renames(wanted, own) ? Map.of(IdentitySettings.LOGIN, login) : Map.of();
  }

  /** Whether the account would get another login, if that is nobody else's. */
  private boolean renames(Wanted wanted, Account own) {
    String has = text(own, IdentitySettings.LOGIN);
    return settings.renameLogin()
        && !Logins.same(text(wanted, IdentitySettings.LOGIN), has)
        && wanted.alternatives().stream()
            .noneMatch(other -> Logins.same(other.value().textOrNull(), has));
  }

  @Override
  public Match bySearch(Searched searched) {
    Map<String, String> criteria = searched.wanted().criteria();
    List<Hit> theirs = those(searched, Whose.THEIRS);
    List<Hit> doubtful = new ArrayList<>(those(searched, Whose.CONTRADICTS));
    doubtful.addAll(those(searched, Whose.NOBODYS));
    if (doubtful.isEmpty() && theirs.size() == 1) {
      Hit only = theirs.getFirst();
      return new Match.Unique(
          only.accountId(),
          "only account %s has %s %s"
              .formatted(
                  only.accountId(), settings.correlation(), criteria.get(settings.correlation())));
    }
    if (!doubtful.isEmpty() || !theirs.isEmpty()) {
      List<Hit> all = new ArrayList<>(theirs);
      all.addAll(doubtful);
      return Matcher.unclear(searched.subject(), criteria, all, doubt(searched, all));
    }
    List<Hit> taken = having(searched, IdentitySettings.LOGIN);
    if (!taken.isEmpty()) {
      return Matcher.unclear(
          searched.subject(),
          criteria,
          taken,
          "%s, and there is no other login to try".formatted(doubt(searched, taken)));
    }
    return new Match.None(
        criteria.isEmpty() ? "nothing to search an account by" : "no account has " + all(criteria));
  }

  private static String all(Map<String, String> criteria) {
    return criteria.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(" or "));
  }

  private String doubt(Searched searched, List<Hit> hits) {
    return hits.stream()
        .map(hit -> {
          Account account = searched.accounts().get(hit.accountId());
          String says = account == null ? null : text(account, settings.correlation());
          SubjectKey owner = hit.linkedTo();
          return "account %s has %s and %s%s"
              .formatted(
                  hit.accountId(),
                  hit.agrees().stream().sorted().collect(Collectors.joining(" and ")),
                  says == null
                      ? "no " + settings.correlation()
                      : settings.correlation() + " " + says,
                  owner == null || owner.equals(searched.subject())
                      ? ""
                      : ", and is linked to " + owner);
        })
        .collect(Collectors.joining("; "));
  }

  private List<Hit> those(Searched searched, Whose whose) {
    return searched.hits().stream().filter(hit -> whose(searched, hit) == whose).toList();
  }

  private Whose whose(Searched searched, Hit hit) {
    Account account = searched.accounts().get(hit.accountId());
    String says = account == null ? null : text(account, settings.correlation());
    String mine = text(searched.wanted(), settings.correlation());
    boolean linked = hit.linkedTo() != null && !hit.linkedTo().equals(searched.subject());
    boolean named = hit.namesOther() != null && !hit.namesOther().equals(searched.subject());
    if (says == null || mine == null) {
      return linked ? Whose.ANOTHERS : Whose.NOBODYS;
    }
    if (says.equals(mine)) {
      return linked || named ? Whose.CONTRADICTS : Whose.THEIRS;
    }
    // Two people of the source with one address may be one person who is there twice.
    return !linked && hit.agrees().contains(IdentitySettings.EMAIL)
        ? Whose.CONTRADICTS
        : Whose.ANOTHERS;
  }

  private static List<Hit> having(Searched searched, String attribute) {
    return searched.hits().stream().filter(hit -> hit.agrees().contains(attribute)).toList();
  }

  @Override
  public Optional<Wanted> instead(Searched searched, boolean decided) {
    Wanted wanted = searched.wanted();
    Account own = own(searched, decided);
    if (text(wanted, IdentitySettings.LOGIN) == null) {
      return Optional.empty();
    }
    if (own == null) {
      boolean made =
          decided
              || searched.hits().stream().allMatch(hit -> whose(searched, hit) == Whose.ANOTHERS);
      boolean taken = !having(searched, IdentitySettings.LOGIN).isEmpty();
      return made && taken && !wanted.alternatives().isEmpty()
          ? Optional.of(next(wanted))
          : Optional.empty();
    }
    boolean taken =
        having(searched, IdentitySettings.LOGIN).stream()
            .anyMatch(hit -> !hit.accountId().equals(own.id()));
    if (!taken || !renames(wanted, own)) {
      return Optional.empty();
    }
    return Optional.of(wanted.alternatives().isEmpty() ? withoutLogin(wanted) : next(wanted));
  }

  private @Nullable Account own(Searched searched, boolean decided) {
    if (searched.own() != null || decided) {
      return searched.own();
    }
    return bySearch(searched) instanceof Match.Unique(String id, String _)
        ? searched.accounts().get(id)
        : null;
  }

  /** The same with the next login. */
  private static Wanted next(Wanted wanted) {
    Mapped login = wanted.alternatives().getFirst();
    Map<String, Mapped> attributes = new LinkedHashMap<>(wanted.attributes());
    attributes.put(IdentitySettings.LOGIN, login);
    Map<String, String> criteria = new LinkedHashMap<>(wanted.criteria());
    criteria.put(IdentitySettings.LOGIN, String.valueOf(login.value().textOrNull()));
    return new Wanted(
        attributes,
        wanted.affiliations(),
        criteria,
        wanted.next(),
        wanted.remarks(),
        wanted.stop(),
        wanted.alternatives().subList(1, wanted.alternatives().size()));
  }

  /** The account keeps the login it has. */
  private static Wanted withoutLogin(Wanted wanted) {
    Map<String, Mapped> attributes = new LinkedHashMap<>(wanted.attributes());
    attributes.remove(IdentitySettings.LOGIN);
    Map<String, String> criteria = new LinkedHashMap<>(wanted.criteria());
    String login = criteria.remove(IdentitySettings.LOGIN);
    List<String> remarks = new ArrayList<>(wanted.remarks());
    remarks.add("the login stays: %s and all others to try are taken".formatted(login));
    return new Wanted(
        attributes,
        wanted.affiliations(),
        criteria,
        wanted.next(),
        remarks,
        wanted.stop(),
        List.of());
  }

  private static @Nullable String text(Wanted wanted, String attribute) {
    Mapped mapped = wanted.attributes().get(attribute);
    return mapped == null ? null : mapped.value().textOrNull();
  }

  private static @Nullable String text(Account account, String attribute) {
    Value value = account.attributes().get(attribute);
    return value == null ? null : value.textOrNull();
  }
}
