package dev.rollcall.plan;

import static dev.rollcall.plan.Person.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Matcher.Candidate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Promise 1, "never guesses", where the account of a person is decided. */
final class MatcherTest {

  private static final Map<String, String> LOGIN = Map.of("login", "0000012345");
  private static final SubjectKey OTHER = new SubjectKey("campus", "0000099999");

  @Test
  void aLinkedAccountThatIsThereIsTheirs() {
    assertThat(Matcher.byLink("17", Person.account(Account.Status.ENABLED, Map.of())))
        .isEqualTo(new Match.Linked("17", "linked to account 17"));
  }

  @Test
  void aLinkedAccountThatIsGoneIsForAPersonToDecide() {
    assertThat(Matcher.byLink("17", null))
        .isEqualTo(new Match.Ambiguous(List.of("17"), "the linked account 17 is gone"));
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
    assertThat(Matcher.bySearch(SUBJECT, LOGIN, List.of(new Candidate("17", null))))
        .isEqualTo(new Match.Unique("17", "only account 17 has login 0000012345"));
  }

  @Test
  void theOnlyCandidateThatIsAlreadyTheirsIsTheirs() {
    assertThat(Matcher.bySearch(SUBJECT, LOGIN, List.of(new Candidate("17", SUBJECT))))
        .isInstanceOf(Match.Unique.class);
  }

  @Test
  void aCandidateLinkedToSomebodyElseIsAmbiguous() {
    assertThat(Matcher.bySearch(SUBJECT, LOGIN, List.of(new Candidate("17", OTHER))))
        .isEqualTo(
            new Match.Ambiguous(
                List.of("17"),
                "account 17 has login 0000012345 but is linked to campus:0000099999"));
  }

  @Test
  void severalCandidatesAreAmbiguousAndAllNamed() {
    assertThat(
            Matcher.bySearch(
                SUBJECT, LOGIN, List.of(new Candidate("17", null), new Candidate("18", OTHER))))
        .isEqualTo(
            new Match.Ambiguous(
                List.of("17", "18"),
                "2 accounts have login 0000012345: 17, 18 (linked to campus:0000099999)"));
  }
}
