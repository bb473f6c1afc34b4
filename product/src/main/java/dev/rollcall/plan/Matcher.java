package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import java.util.List;
import java.util.Map;
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
   */
  public record Candidate(String accountId, @Nullable SubjectKey linkedTo) {
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
   * Without a link, by what a search for the criteria found.
   *
   * @param criteria as wanted; when empty, nothing was searched
   */
  public static Match bySearch(
      SubjectKey subject, Map<String, String> criteria, List<Candidate> candidates) {
    String sought = described(criteria);
    if (candidates.isEmpty()) {
      return new Match.None(
          criteria.isEmpty() ? "nothing to search an account by" : "no account has " + sought);
    }
    List<String> ids = candidates.stream().map(Candidate::accountId).toList();
    if (candidates.size() > 1) {
      return new Match.Ambiguous(
          ids,
          "%d accounts have %s: %s"
              .formatted(
                  candidates.size(),
                  sought,
                  candidates.stream().map(Candidate::toString).collect(Collectors.joining(", "))));
    }
    Candidate only = candidates.getFirst();
    if (only.linkedTo() != null && !only.linkedTo().equals(subject)) {
      return new Match.Ambiguous(
          ids,
          "account %s has %s but is linked to %s"
              .formatted(only.accountId(), sought, only.linkedTo()));
    }
    return new Match.Unique(
        only.accountId(), "only account " + only.accountId() + " has " + sought);
  }

  private static String described(Map<String, String> criteria) {
    return criteria.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(" and "));
  }
}
