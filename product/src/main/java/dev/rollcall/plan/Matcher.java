package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import java.util.Collection;
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
  public record Candidate(
      String accountId,
      @Nullable SubjectKey linkedTo,
      Set<String> agrees,
      @Nullable SubjectKey namesOther) {

    public Candidate {
      agrees = Set.copyOf(agrees);
    }

    /** One that has everything that was sought. */
    public Candidate(String accountId, @Nullable SubjectKey linkedTo) {
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
   */
  public static Match byLink(String accountId, @Nullable Account found) {
    return found == null
        ? new Match.Ambiguous(List.of(accountId), "the linked account " + accountId + " is gone")
        : new Match.Linked(accountId, "linked to account " + accountId);
  }

  /**
   * Without a link, by what a search for the criteria found: exactly one account by any of them is
   * theirs, unless it says that it belongs to somebody else.
   *
   * @param criteria as wanted; when empty, nothing was searched
   */
  public static Match bySearch(
      SubjectKey subject, Map<String, String> criteria, List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return new Match.None(
          criteria.isEmpty()
              ? "nothing to search an account by"
              : "no account has " + described(criteria, criteria.keySet(), " or "));
    }
    List<String> ids = candidates.stream().map(Candidate::accountId).toList();
    if (candidates.size() > 1) {
      return new Match.Ambiguous(ids, several(criteria, candidates));
    }
    Candidate only = candidates.getFirst();
    String has = "account " + only.accountId() + " has " + agreed(criteria, only);
    if (only.linkedTo() != null && !only.linkedTo().equals(subject)) {
      return new Match.Ambiguous(ids, has + " but is linked to " + only.linkedTo());
    }
    if (only.namesOther() != null && !only.namesOther().equals(subject)) {
      return new Match.Ambiguous(ids, has + " but its login is that of " + only.namesOther());
    }
    return new Match.Unique(only.accountId(), "only " + has);
  }

  private static String several(Map<String, String> criteria, List<Candidate> candidates) {
    if (criteria.size() < 2) {
      return "%d accounts have %s: %s"
          .formatted(
              candidates.size(),
              described(criteria, criteria.keySet(), " and "),
              candidates.stream().map(Candidate::toString).collect(Collectors.joining(", ")));
    }
    return candidates.size()
        + " accounts could be theirs: "
        + candidates.stream()
            .map(candidate -> candidate + " has " + agreed(criteria, candidate))
            .collect(Collectors.joining(", "));
  }

  private static String agreed(Map<String, String> criteria, Candidate candidate) {
    return described(
        criteria, candidate.agrees().isEmpty() ? criteria.keySet() : candidate.agrees(), " and ");
  }

  private static String described(
      Map<String, String> criteria, Collection<String> attributes, String joint) {
    return criteria.entrySet().stream()
        .filter(entry -> attributes.contains(entry.getKey()))
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(joint));
  }
}
