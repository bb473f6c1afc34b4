package dev.rollcall.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.db.Database;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person should look at is there once, until somebody has or it is over. */
class FindingsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final SubjectKey KEVIN = new SubjectKey("campus", "kevin");
  private static final SubjectKey ANN = new SubjectKey("campus", "ann");

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(NOON);
  private final Findings findings = new Findings(database.jdbc(), clock);

  private static Finding finding(FindingKind kind, SubjectKey subject, String text) {
    return new Finding(kind, "campus", subject, text, 7L, null);
  }

  private void raise(FindingKind kind, SubjectKey subject, String text) {
    findings.raise(List.of(finding(kind, subject, text)));
  }

  private void look(SubjectKey subject, Set<FindingKind> judged, Finding... found) {
    findings.settle("campus", List.of(new Look(subject, List.of(found), judged)));
  }

  private List<StandingFinding> all() {
    return list(null, 0, 100);
  }

  private List<StandingFinding> list(@Nullable FindingKind kind, long after, int limit) {
    return findings.list(new Findings.Filter(null, kind, null, after, limit));
  }

  @Test
  void theSameIsOneFindingWithACountAndWhenItWasSeenLast() {
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email");
    clock.advance(Duration.ofHours(1));
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email, phone");
    raise(FindingKind.MISSING_ROLE, KEVIN, "no role");
    raise(FindingKind.MISSING_ATTRIBUTE, ANN, "no email");
    assertThat(all()).hasSize(3);
    StandingFinding first = all().getFirst();
    assertThat(first.seen()).isEqualTo(2);
    assertThat(first.since()).isEqualTo(NOON);
    assertThat(first.lastSeen()).isEqualTo(NOON.plusSeconds(3600));
    assertThat(first.text()).isEqualTo("no email, phone");
  }

  @Test
  void aLookForgetsWhatItJudgedAndDidNotFindAndNothingElse() {
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email");
    raise(FindingKind.MISSING_ROLE, KEVIN, "no role");
    raise(FindingKind.MISSING_ATTRIBUTE, ANN, "no email");
    look(KEVIN, Set.of());
    assertThat(all()).hasSize(3);
    look(
        KEVIN,
        Set.of(FindingKind.MISSING_ATTRIBUTE, FindingKind.MISSING_ROLE),
        finding(FindingKind.MISSING_ROLE, KEVIN, "no role"));
    assertThat(all())
        .extracting(StandingFinding::kind, StandingFinding::subject)
        .containsExactlyInAnyOrder(tuple("missing-role", KEVIN), tuple("missing-attribute", ANN));
  }

  @Test
  void whatIsDoneStaysDoneWhileItSaysTheSameAndComesBackWhenItSaysMore() {
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email");
    long id = all().getFirst().id();
    findings.done(id, "anna", "a guest");
    assertThat(all()).isEmpty();
    assertThat(findings.lock(id)).isEmpty();
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email");
    assertThat(all()).isEmpty();
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email, phone");
    assertThat(all()).extracting(StandingFinding::id).containsExactly(id);
  }

  @Test
  void whatWasDoneAndIsOverIsANewFindingWhenItComesAgain() {
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email");
    findings.done(all().getFirst().id(), "anna", "a guest");
    look(KEVIN, Set.of(FindingKind.MISSING_ATTRIBUTE));
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email");
    assertThat(all()).extracting(StandingFinding::seen).containsExactly(1L);
  }

  @Test
  void whatHasAnEndIsOverByItselfAndForgottenAtTheNextLook() {
    Instant end = NOON.plus(Duration.ofDays(2));
    findings.raise(
        List.of(new Finding(FindingKind.FUTURE_MESSAGE, "campus", KEVIN, "ahead", 7L, end)));
    look(KEVIN, Set.of());
    assertThat(all()).hasSize(1);
    assertThat(findings.open()).containsEntry("campus", 1L);
    clock.set(end);
    assertThat(all()).isEmpty();
    assertThat(findings.open()).isEmpty();
    look(KEVIN, Set.of());
    assertThat(database.jdbc().sql("select count(*) from finding").query(Long.class).single())
        .isZero();
  }

  @Test
  void whereNothingIsToRaiseOrForgetNothingIsWritten() {
    raise(FindingKind.MISSING_ATTRIBUTE, ANN, "no email");
    String before = rows();
    look(KEVIN, Set.of(FindingKind.values()));
    look(ANN, Set.of(FindingKind.MISSING_ROLE));
    assertThat(rows()).isEqualTo(before);
  }

  /** With the transaction that wrote each row last. */
  private String rows() {
    return database
        .jdbc()
        .sql("select string_agg(xmin::text || ' ' || id, ',') from finding")
        .query(String.class)
        .single();
  }

  @Test
  void pagesGoOnAfterAFindingAndKindsAreTold() {
    raise(FindingKind.MISSING_ATTRIBUTE, KEVIN, "no email");
    raise(FindingKind.MISSING_ATTRIBUTE, ANN, "no email");
    raise(FindingKind.MISSING_ROLE, ANN, "no role\0");
    long first = list(null, 0, 1).getFirst().id();
    assertThat(list(null, first, 100)).hasSize(2);
    assertThat(list(FindingKind.MISSING_ROLE, 0, 100))
        .extracting(StandingFinding::text)
        .containsExactly("no role\uFFFD");
    assertThatThrownBy(() -> FindingKind.ofCode("x"))
        .hasMessageContaining("missing-attribute", "login-clash");
  }
}
