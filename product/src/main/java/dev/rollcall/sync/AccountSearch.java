package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Correlation;
import dev.rollcall.plan.Correlation.Searched;
import dev.rollcall.plan.Matcher;
import dev.rollcall.plan.Matcher.Hit;
import dev.rollcall.plan.Wanted;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The search for one subject's account, which may go on with something else. Used once. */
final class AccountSearch {

  private final Correlation correlation;
  private final SubjectKey subject;
  private final @Nullable Account own;
  private final @Nullable Decision decision;
  private final Map<String, String> asked = new HashMap<>();
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, SubjectKey> owners = new HashMap<>();
  private final Map<String, SubjectKey> others = new HashMap<>();
  private Wanted wanted;

  /**
   * @param own the account by a link or a decision, as read; null when there is none
   */
  AccountSearch(
      Correlation correlation,
      SubjectKey subject,
      Wanted wanted,
      @Nullable Account own,
      @Nullable Decision decision) {
    this.correlation = correlation;
    this.subject = subject;
    this.wanted = wanted;
    this.own = own;
    this.decision = decision;
  }

  /** What is wanted, as far as the search has come. */
  Wanted wanted() {
    return wanted;
  }

  @Nullable Account own() {
    return own;
  }

  Optional<String> ownId() {
    return Optional.ofNullable(own).map(Account::id);
  }

  /** All accounts found so far, by id. */
  Map<String, Account> accounts() {
    return accounts;
  }

  /** Which criteria were not searched for yet. */
  Map<String, String> next() {
    Map<String, String> next = new LinkedHashMap<>();
    Map<String, String> criteria =
        own == null || decision != null ? wanted.criteria() : correlation.contested(wanted, own);
    criteria.forEach((attribute, value) -> {
      if (!value.equals(asked.put(attribute, value))) {
        next.put(attribute, value);
      }
    });
    return next;
  }

  /**
   * Takes what the search for {@link #next} found.
   *
   * @param owners whose accounts these are by a link
   * @param others whose logins they have
   */
  void found(List<Account> hits, Map<String, SubjectKey> owners, Map<String, SubjectKey> others) {
    hits.forEach(account -> accounts.put(String.valueOf(account.id()), account));
    this.owners.putAll(owners);
    this.others.putAll(others);
  }

  /** Whether something else is wanted after what was found; then it is searched for next. */
  boolean wantsOther() {
    Optional<Wanted> other = correlation.instead(searched(), decision != null);
    other.ifPresent(instead -> wanted = instead);
    return other.isPresent();
  }

  /** Whose account it is; not asked where there is a link. */
  Match match() {
    if (decision == null) {
      return correlation.bySearch(searched());
    }
    String chosen = decision.account();
    return Matcher.byDecision(
        decision, wanted.criteria(), own, hits(), chosen == null ? null : owners.get(chosen));
  }

  private Searched searched() {
    return new Searched(subject, wanted, own, hits(), accounts);
  }

  private List<Hit> hits() {
    return accounts.entrySet().stream()
        .map(entry ->
            new Hit(
                entry.getKey(),
                owners.get(entry.getKey()),
                correlation.agreed(entry.getValue(), wanted.criteria()),
                others.get(login(entry.getValue(), wanted))))
        .toList();
  }

  /** The account's value of what identifies; the first criterion is that. */
  static String login(Account account, Wanted wanted) {
    for (String identifying : wanted.criteria().keySet()) {
      Value value = account.attributes().get(identifying);
      String text = value == null ? null : value.textOrNull();
      return text == null ? "" : text;
    }
    return "";
  }
}
