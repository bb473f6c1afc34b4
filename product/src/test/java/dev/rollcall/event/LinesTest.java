package dev.rollcall.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.Database;
import dev.rollcall.event.Lines.Fresh;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Swept;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines of requests that were taken over. */
final class LinesTest {

  private static final String HR = "hr";
  private static final SubjectKey JANE = new SubjectKey(HR, "JANE");

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
  private final Lines lines = new Lines(database.jdbc(), clock);

  private Lines.Stored stored(int number, int generation, long event) {
    Line line =
        new Line(
            new Line.Key("B1", number), JANE, "USAU", null, LocalDateTime.of(2026, 11, 20, 8, 0));
    lines.append(HR, List.of(new Fresh(line, generation, event)));
    return lines.open(HR, JANE).stream()
        .filter(one -> one.line().key().number() == number)
        .findFirst()
        .orElseThrow();
  }

  private void ended(int number, LineStatus status) {
    Lines.Stored line = stored(number, 1, 7);
    lines.finish(line.id(), 7, status, "Jane Doe, jane@univ.example", "00u1");
  }

  private List<String> listed() {
    return lines.list(new Lines.Filter(null, null, null, null, null, null, 100)).stream()
        .map(one -> one.line().key().number() + " " + one.status() + " " + one.text())
        .toList();
  }

  @Test
  void aFinishedLineNeverChangesAgain() {
    Lines.Stored line = stored(1, 1, 7);
    lines.finish(line.id(), 7, LineStatus.COMP, null, "00u1");

    lines.finish(line.id(), 8, LineStatus.ERR, "late", null);

    assertThat(listed()).containsExactly("1 COMP null");
  }

  @Test
  void onlyWhatEndedAsAnErrorIsTakenUpAgainAndOnlyOnce() {
    ended(1, LineStatus.ERR);
    ended(2, LineStatus.COMP);
    List<Long> errors = lines.errorsOf(7);
    assertThat(errors).hasSize(1);
    List<Long> all =
        lines.list(new Lines.Filter(null, null, null, null, null, null, 100)).stream()
            .map(Lines.Shown::id)
            .toList();

    assertThat(lines.again(all, 9)).isEqualTo(1);
    assertThat(lines.again(all, 10)).isZero();

    assertThat(lines.open(HR, JANE))
        .hasSize(1)
        .allSatisfy(line -> {
          assertThat(line.generation()).isEqualTo(2);
          assertThat(line.event()).isEqualTo(9);
        });
  }

  @Test
  void whatIsOldAndSolvedGoesAndWhatNobodySolvedStays() {
    ended(1, LineStatus.COMP);
    ended(2, LineStatus.ERR);
    ended(3, LineStatus.ERR);
    lines.again(
        lines.list(new Lines.Filter(null, LineStatus.ERR, null, null, null, null, 100)).stream()
            .filter(one -> one.line().key().number() == 3)
            .map(Lines.Shown::id)
            .toList(),
        9);
    stored(4, 1, 7);
    clock.advance(Duration.ofDays(500));
    Instant before = clock.instant().minus(Duration.ofDays(400));

    Optional<Swept> looked = new LineSweep(database.jdbc(), before, false).next();
    Optional<Swept> swept = new LineSweep(database.jdbc(), before, true).next();

    assertThat(looked).isEqualTo(swept);
    assertThat(swept.orElseThrow().gone()).isEqualTo(2);
    assertThat(swept.orElseThrow().kept()).containsEntry("unsolved", 1L);
    assertThat(listed())
        .containsExactly("4 INPR null", "3 INPR null", "2 ERR Jane Doe, jane@univ.example");
  }

  @Test
  void whatWasSaidOfSomebodysLinesCanBeForgotten() {
    ended(1, LineStatus.ERR);

    assertThat(lines.eraseTexts(JANE)).isEqualTo(1);
    assertThat(lines.eraseTexts(new SubjectKey(HR, "JOHN"))).isZero();

    assertThat(listed()).containsExactly("1 ERR null");
  }
}
