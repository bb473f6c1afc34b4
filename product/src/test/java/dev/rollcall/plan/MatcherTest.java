package dev.rollcall.plan;

import static dev.rollcall.plan.Person.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Candidate.Agreement;
import dev.rollcall.model.Candidate.Conflict;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Matcher.Hit;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promise 1, "never guesses", where the account of a person is decided. */
final class MatcherTest {

  private static final Map<String, String> LOGIN = Map.of("login", "0000012345");
  private static final Map<String, String> BOTH = both();
  private static final SubjectKey OTHER = new SubjectKey("campus", "0000099999");
  private static final List<Agreement> HAS_LOGIN = List.of(new Agreement("login", "0000012345"));
  private static final List<Conflict> LINKED_ELSEWHERE =
      List.of(new Conflict("link", "campus:0000012345", "campus:0000099999"));

  private static Map<String, String> both() {
    Map<String, String> criteria = new LinkedHashMap<>(LOGIN);
    criteria.put("campus_id", "C1");
    return criteria;
  }

  private static Decision decided(@Nullable String account) {
    return new Decision(
        7, 8, "campus", SUBJECT, account, "anna", Instant.parse("2026-03-10T08:00:00Z"), "phoned");
  }

  private static Account account() {
    return Person.account(Account.Status.ENABLED, Map.of());
  }

  @Test
  void aLinkedAccountThatIsThereIsTheirs() {
    assertThat(Matcher.byLink("17", Person.account(Account.Status.ENABLED, Map.of()), null))
        .isEqualTo(new Match.Linked("17", "linked to account 17"));
  }

  @Test
  void aLinkedAccountThatIsGoneIsForAPersonToDecide() {
    assertThat(Matcher.byLink("17", null, null))
        .isEqualTo(
            new Match.Ambiguous(
                List.of(new Candidate("17", "link", List.of(), List.of())),
                "the linked account 17 is gone"));
  }

  @Test
  void noCandidateIsNoMatch() {
    assertThat(Matcher.bySearch(SUBJECT, LOGIN, List.of()))
        .isEqualTo(new Match.None("no account has login 0000012345"));
    assertThat(Matcher.bySearch(SUBJECT, Map.of(), List.of()))
        .isEqualTo(new Match.None("nothing to search an account by"));
  }

  @Test
  void theOnlyCandidateThatIsNobodysIsTheirs() {
    assertThat(Matcher.bySearch(SUBJECT, LOGIN, List.of(new Hit("17", null))))
        .isEqualTo(new Match.Unique("17", "only account 17 has login 0000012345"));
  }

  @Test
  void theOnlyCandidateThatIsAlreadyTheirsIsTheirs() {
    assertThat(Matcher.bySearch(SUBJECT, LOGIN, List.of(new Hit("17", SUBJECT))))
        .isInstanceOf(Match.Unique.class);
  }

  @Test
  void aCandidateLinkedToSomebodyElseIsAmbiguous() {
    assertThat(Matcher.bySearch(SUBJECT, LOGIN, List.of(new Hit("17", OTHER))))
        .isEqualTo(
            new Match.Ambiguous(
                List.of(new Candidate("17", "login", HAS_LOGIN, LINKED_ELSEWHERE)),
                "account 17 has login 0000012345 but is linked to campus:0000099999"));
  }

  @Test
  void severalCandidatesAreAmbiguousAndAllNamed() {
    assertThat(Matcher.bySearch(SUBJECT, LOGIN, List.of(new Hit("17", null), new Hit("18", OTHER))))
        .isEqualTo(
            new Match.Ambiguous(
                List.of(
                    new Candidate("17", "login", HAS_LOGIN, List.of()),
                    new Candidate("18", "login", HAS_LOGIN, LINKED_ELSEWHERE)),
                "2 accounts have login 0000012345: 17, 18 (linked to campus:0000099999)"));
  }

  @Test
  void aDecidedAccountIsTheirsWithWhoAndWhy() {
    assertThat(
            Matcher.byDecision(decided("17"), BOTH, account(), List.of(new Hit("17", null)), null))
        .isEqualTo(new Match.Unique("17", "account 17, as anna decided: phoned"));
  }

  @Test
  void aDecidedAccountThatIsGoneOrSomebodyElsesByNowIsDecidedAgain() {
    assertThat(Matcher.byDecision(decided("17"), BOTH, null, List.of(), null))
        .isEqualTo(
            new Match.Ambiguous(
                List.of(),
                "anna decided on account 17, which is not there any more; decide again"));
    assertThat(
            Matcher.byDecision(
                decided("17"), LOGIN, account(), List.of(new Hit("17", OTHER)), OTHER))
        .isEqualTo(
            new Match.Ambiguous(
                List.of(new Candidate("17", "login", HAS_LOGIN, LINKED_ELSEWHERE)),
                "anna decided on account 17, which is linked to campus:0000099999 by now;"
                    + " decide again"));
  }

  @Test
  void aNewAccountIsMadeAlthoughAnotherHasTheSecondAttributeButNeverWithTheSameLogin() {
    Hit second = new Hit("17", null, Set.of("campus_id"), null);
    Hit login = new Hit("18", null, Set.of("login"), null);
    assertThat(Matcher.byDecision(decided(null), BOTH, null, List.of(second), null))
        .isEqualTo(new Match.None("a new account, as anna decided: phoned"));
    assertThat(Matcher.byDecision(decided(null), BOTH, null, List.of(second, login), null))
        .extracting(Match::reason)
        .isEqualTo(
            "anna decided on a new account, but account 18 has login 0000012345; decide again");
  }

  @Test
  void aLinkThatCameAfterTheDecisionIsNotOverruled() {
    assertThat(Matcher.byLink("17", account(), decided("17"))).isInstanceOf(Match.Linked.class);
    for (@Nullable String other : Arrays.asList("18", null)) {
      assertThat(Matcher.byLink("17", account(), decided(other)))
          .isInstanceOf(Match.Ambiguous.class)
          .extracting(Match::reason)
          .asString()
          .endsWith(", but account 17 has been linked since; decide again");
    }
  }
}
