package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Candidate;
import dev.rollcall.model.Candidate.Agreement;
import dev.rollcall.model.Candidate.Conflict;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Wanted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** People of one claim who would be given the same account. */
class RivalsTest {

  private static final SubjectKey ADA = new SubjectKey("campus", "1");
  private static final SubjectKey BOB = new SubjectKey("campus", "2");

  private static Wanted wanted(String login, String campusId) {
    Map<String, String> criteria = new LinkedHashMap<>();
    criteria.put("login", login);
    criteria.put("campus_id", campusId);
    return new Wanted(Map.of(), List.of(), criteria, null, List.of(), null);
  }

  private static Map<SubjectKey, Found> suspend(Match ada, Match bob, String bobsCampusId) {
    Map<SubjectKey, Found> found = new LinkedHashMap<>();
    found.put(ADA, new Found(ada, null, wanted("1", "C1")));
    found.put(BOB, new Found(bob, null, wanted("2", bobsCampusId)));
    return new Rivals().suspend(found, Set.of());
  }

  @Test
  void oneAccountIsNotGivenToTwo() {
    Map<SubjectKey, Found> decided =
        suspend(new Match.Unique("17", "only one"), new Match.Unique("17", "only one"), "C1");
    assertThat(decided)
        .containsEntry(ADA, new Found(new Match.Unique("17", "only one"), null, wanted("1", "C1")))
        .containsEntry(
            BOB,
            new Found(
                new Match.Ambiguous(
                    List.of(
                        new Candidate(
                            "17",
                            "login, campus_id",
                            List.of(new Agreement("login", "2"), new Agreement("campus_id", "C1")),
                            List.of(new Conflict("link", "campus:2", "campus:1")))),
                    "only one, but so it is for campus:1"),
                null,
                wanted("2", "C1")));
  }

  @Test
  void twoWithOneSecondAttributeAreNotBothGivenAnAccount() {
    Map<SubjectKey, Found> decided = suspend(new Match.None("none"), new Match.None("none"), "C1");
    assertThat(decided)
        .containsEntry(ADA, new Found(new Match.None("none"), null, wanted("1", "C1")))
        .containsEntry(
            BOB,
            new Found(
                new Match.Ambiguous(List.of(), "none, but campus:1 has the same campus_id C1"),
                null,
                wanted("2", "C1")));
  }

  @Test
  void strangersDoNotDisturbEachOther() {
    assertThat(suspend(new Match.None("none"), new Match.None("none"), "C2"))
        .containsEntry(BOB, new Found(new Match.None("none"), null, wanted("2", "C2")));
  }

  @Test
  void peopleOfOneClaimAreRivalsAlsoWhenItIsThoughtAboutInParts() {
    Rivals rivals = new Rivals();
    Found none = new Found(new Match.None("none"), null, wanted("1", "C1"));
    Found other = new Found(new Match.None("none"), null, wanted("2", "C1"));

    assertThat(rivals.suspend(Map.of(ADA, none), Set.of())).containsEntry(ADA, none);
    assertThat(rivals.suspend(Map.of(ADA, none), Set.of())).containsEntry(ADA, none);
    assertThat(rivals.suspend(Map.of(BOB, other), Set.of()).get(BOB))
        .isEqualTo(
            new Found(
                new Match.Ambiguous(List.of(), "none, but campus:1 has the same campus_id C1"),
                null,
                wanted("2", "C1")));
  }

  @Test
  void whoWasDecidedAboutComesFirstAndMayShareTheSecondAttribute() {
    Map<SubjectKey, Found> found = new LinkedHashMap<>();
    found.put(ADA, new Found(new Match.None("none"), null, wanted("1", "C1")));
    found.put(BOB, new Found(new Match.None("as decided"), null, wanted("2", "C1")));
    Map<SubjectKey, Found> decided = new Rivals().suspend(found, Set.of(BOB));
    assertThat(decided.get(BOB)).isEqualTo(found.get(BOB));
    assertThat(decided.get(ADA))
        .extracting(one -> one.match().reason())
        .isEqualTo("none, but campus:2 has the same campus_id C1");
  }

  @Test
  void twoDecisionsNeverGiveOneLoginTwice() {
    Map<SubjectKey, Found> found = new LinkedHashMap<>();
    found.put(ADA, new Found(new Match.None("as decided"), null, wanted("1", "C1")));
    found.put(BOB, new Found(new Match.None("as decided"), null, wanted("1", "C1")));
    Map<SubjectKey, Found> decided = new Rivals().suspend(found, Set.of(ADA, BOB));
    assertThat(decided.get(BOB)).extracting(Found::match).isInstanceOf(Match.Ambiguous.class);
  }
}
