package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which account belongs to a person, or that a person has to decide it: the guide drops
 * "anything else" than none or one match silently ({@code facts/oim-campus-connector.md §11}), here
 * it is suspended.
 */
public final class Matcher {

  /**
   * An account that a search found.
   *
   * @param linkedTo whose account it already is, null when nobody's
   * @param agrees the criteria it has; empty when they need not be told apart
   * @param namesOther the person of the source whose login it has, when it is not the one sought;
   *     null when there is none
   */
  public record Hit(
      String accountId,
      @Nullable SubjectKey linkedTo,
      Set<String> agrees,
      @Nullable SubjectKey namesOther) {

    public Hit {
      agrees = Set.copyOf(agrees);
    }

    /** One that has everything that was sought. */
    public Hit(String accountId, @Nullable SubjectKey linkedTo) {
      this(accountId, linkedTo, Set.of(), null);
    }

    @Override
    public String toString() {
      return linkedTo == null ? accountId : accountId + " (linked to " + linkedTo + ")";
    }
  }

  private Matcher() {}

  /**
   * With a link from an earlier event. A linked account that is gone is not made again: somebody
   * removed it, and only a person knows why.
   *
   * @param found the account as read, null when it is not there
   * @param decision what a person decided before the link came to be, null when nothing
   */
  public static Match byLink(
      String accountId, @Nullable Account found, @Nullable Decision decision) {
    if (found == null) {
      return linkedOnly(accountId, "the linked account " + accountId + " is gone");
    }
    return decision == null || accountId.equals(decision.account())
        ? new Match.Linked(accountId, "linked to account " + accountId)
        : linkedOnly(
            accountId, again(decision, "but account " + accountId + " has been linked since"));
  }

  private static Match linkedOnly(String accountId, String reason) {
    return new Match.Ambiguous(List.of(Candidate.linked(accountId)), reason);
  }

  private static String again(Decision decision, String refusal) {
    return "%s decided on %s, %s; decide again".formatted(decision.by(), decision.what(), refusal);
  }

  /**
   * Without a link, by what a search for the criteria found: exactly one account by any of them is
   * theirs, unless it says that it belongs to somebody else.
   *
   * @param criteria as wanted; when empty, nothing was searched
   */
  public static Match bySearch(SubjectKey subject, Map<String, String> criteria, List<Hit> hits) {
    if (hits.isEmpty()) {
      return new Match.None(
          criteria.isEmpty()
              ? "nothing to search an account by"
              : "no account has " + described(criteria, criteria.keySet(), " or "));
    }
    if (hits.size() > 1) {
      return new Match.Ambiguous(candidates(subject, criteria, hits), several(criteria, hits));
    }
    Hit only = hits.getFirst();
    String has = "account " + only.accountId() + " has " + agreed(criteria, only);
    if (only.linkedTo() != null && !only.linkedTo().equals(subject)) {
      return new Match.Ambiguous(
          candidates(subject, criteria, hits), has + " but is linked to " + only.linkedTo());
    }
    if (only.namesOther() != null && !only.namesOther().equals(subject)) {
      return new Match.Ambiguous(
          candidates(subject, criteria, hits),
          has + " but its login is that of " + only.namesOther());
    }
    return new Match.Unique(only.accountId(), "only " + has);
  }

  /** One that a person has to decide, about these of the accounts that a search found. */
  public static Match.Ambiguous unclear(
      SubjectKey subject, Map<String, String> criteria, List<Hit> hits, String reason) {
    return new Match.Ambiguous(candidates(subject, criteria, hits), reason);
  }

  /**
   * As a person decided, unless it cannot be done any more: then for a person to decide again.
   *
   * @param decided the account of the decision as read, null when it is not there or a new one is
   *     to be made
   * @param hits what a search for the criteria found
   * @param owner whose account the decided one is by now, null when nobody's
   */
  public static Match byDecision(
      Decision decision,
      Map<String, String> criteria,
      @Nullable Account decided,
      List<Hit> hits,
      @Nullable SubjectKey owner) {
    String why = decision.what() + ", as " + decision.by() + " decided: " + decision.why();
    String account = decision.account();
    String refusal = null;
    if (account != null) {
      if (decided == null) {
        refusal = "which is not there any more";
      } else if (owner != null && !owner.equals(decision.subject())) {
        refusal = "which is linked to " + owner + " by now";
      }
    } else {
      // A second attribute is what was decided about. A login is never given twice.
      for (Hit hit : hits) {
        if (hit.agrees().contains(login(criteria))) {
          refusal =
              "but account %s has %s".formatted(hit.accountId(), described(criteria, hit.agrees()));
        }
      }
    }
    if (refusal != null) {
      return new Match.Ambiguous(
          candidates(decision.subject(), criteria, hits), again(decision, refusal));
    }
    return account == null ? new Match.None(why) : new Match.Unique(account, why);
  }

  /**
   * An account that is theirs by a search, and somebody else's as well.
   *
   * @param account as read, null when it was not
   * @param other whose it is, too
   */
  public static Candidate contested(
      SubjectKey subject,
      Map<String, String> criteria,
      String accountId,
      @Nullable Account account,
      SubjectKey other) {
    Set<String> agrees = account == null ? criteria.keySet() : agreed(account, criteria);
    return candidate(subject, criteria, new Hit(accountId, other, agrees, null));
  }

  /** Which of the criteria an account has. */
  public static Set<String> agreed(Account account, Map<String, String> criteria) {
    Set<String> agreed = new HashSet<>();
    criteria.forEach((attribute, value) -> {
      Value found = account.attributes().get(attribute);
      if (found != null && value.equals(found.textOrNull())) {
        agreed.add(attribute);
      }
    });
    return agreed;
  }

  /** The first criterion is what identifies. */
  private static String login(Map<String, String> criteria) {
    return criteria.keySet().stream().findFirst().orElse("");
  }

  private static List<Candidate> candidates(
      SubjectKey subject, Map<String, String> criteria, List<Hit> hits) {
    return hits.stream().map(hit -> candidate(subject, criteria, hit)).toList();
  }

  private static Candidate candidate(SubjectKey subject, Map<String, String> criteria, Hit hit) {
    List<Candidate.Agreement> agree = new ArrayList<>();
    criteria.forEach((attribute, value) -> {
      if (agrees(criteria, hit).contains(attribute)) {
        agree.add(new Candidate.Agreement(attribute, value));
      }
    });
    SubjectKey owner = hit.linkedTo();
    return new Candidate(
        hit.accountId(),
        agree.stream().map(Candidate.Agreement::attribute).collect(Collectors.joining(", ")),
        agree,
        owner == null || owner.equals(subject)
            ? List.of()
            : List.of(
                new Candidate.Conflict(Candidate.LINK, subject.toString(), owner.toString())));
  }

  private static String several(Map<String, String> criteria, List<Hit> hits) {
    if (criteria.size() < 2) {
      return "%d accounts have %s: %s"
          .formatted(
              hits.size(),
              described(criteria, criteria.keySet()),
              hits.stream().map(Hit::toString).collect(Collectors.joining(", ")));
    }
    return hits.size()
        + " accounts could be theirs: "
        + hits.stream()
            .map(hit -> hit + " has " + agreed(criteria, hit))
            .collect(Collectors.joining(", "));
  }

  private static String agreed(Map<String, String> criteria, Hit hit) {
    return described(criteria, agrees(criteria, hit));
  }

  private static Set<String> agrees(Map<String, String> criteria, Hit hit) {
    return hit.agrees().isEmpty() ? criteria.keySet() : hit.agrees();
  }

  private static String described(Map<String, String> criteria, Collection<String> attributes) {
    return described(criteria, attributes, " and ");
  }

  private static String described(
      Map<String, String> criteria, Collection<String> attributes, String joint) {
    return criteria.entrySet().stream()
        .filter(entry -> attributes.contains(entry.getKey()))
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(joint));
  }
}
