package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.audit.AuditSearch.Hit;
import dev.rollcall.db.Database;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The audit answers what it is asked, a page at a time, and by an index however much there is. */
class AuditSearchTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final SubjectKey KEVIN = new SubjectKey("campus", "kevin");

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(NOON);
  private final JsonMapper json = new JsonMapper();
  private final Audit audit = new Audit(database.jdbc(), clock, json);
  private final AuditSearch search = new AuditSearch(database.jdbc(), json);

  private void say(AuditKind kind, @Nullable SubjectKey subject, @Nullable Long event, String why) {
    audit.append(List.of(new AuditEntry(kind, "campus", subject, event, Map.of("reason", why))));
    clock.advance(Duration.ofMinutes(1));
  }

  private static AuditFilter all() {
    return new AuditFilter(null, null, null, null, null, null, null, null);
  }

  private static AuditFilter of(@Nullable String source, @Nullable String subject) {
    return new AuditFilter(null, source, subject, null, null, null, null, null);
  }

  private List<Object> reasons(AuditFilter filter) {
    return search.find(filter, 100).stream().map(hit -> hit.entry().get("reason")).toList();
  }

  @Test
  void theNewestComesFirstWhateverIsAskedFor() {
    say(AuditKind.OUTCOME, KEVIN, 7L, "one");
    say(AuditKind.DECIDED, KEVIN, 8L, "two");
    say(AuditKind.OUTCOME, new SubjectKey("other", "kevin"), 7L, "three");
    say(AuditKind.TIDIED, null, null, "four");

    assertThat(reasons(all())).containsExactly("four", "three", "two", "one");
    assertThat(reasons(of(null, "kevin"))).containsExactly("three", "two", "one");
    assertThat(reasons(of("campus", "kevin"))).containsExactly("two", "one");
    assertThat(reasons(new AuditFilter("campus", null, null, 7L, null, null, null, null)))
        .containsExactly("three", "one");
    assertThat(
            reasons(new AuditFilter(null, null, null, null, AuditKind.DECIDED, null, null, null)))
        .containsExactly("two");
    assertThat(
            reasons(new AuditFilter(null, null, null, null, AuditKind.OUTCOME, null, null, null)))
        .containsExactly("three", "one");
    assertThat(
            reasons(
                new AuditFilter(
                    null,
                    null,
                    null,
                    null,
                    null,
                    NOON.plusSeconds(60),
                    NOON.plusSeconds(180),
                    null)))
        .as("from is within, to is not")
        .containsExactly("three", "two");
    assertThat(reasons(new AuditFilter("nowhere", null, null, null, null, null, null, null)))
        .isEmpty();
  }

  @Test
  void pagesMeetWithoutAGapOrAnOverlapAlsoWhereTimesAreEqual() {
    for (int i = 0; i < 2_500; i++) {
      audit.append(
          List.of(
              new AuditEntry(AuditKind.OUTCOME, "campus", KEVIN, (long) i, Map.of("number", i))));
    }
    List<Object> told = new ArrayList<>();
    search.each(all(), Long.MAX_VALUE, hit -> told.add(hit.entry().get("number")));
    assertThat(told).hasSize(2_500).doesNotHaveDuplicates().startsWith(2_499).endsWith(0);
    told.clear();
    search.each(all(), 1_001, hit -> told.add(hit.entry().get("number")));
    assertThat(told).hasSize(1_001).endsWith(1_499);
    Hit last = search.find(all(), 10).getLast();
    AuditFilter next = new AuditFilter(null, null, null, null, null, null, null, last.id());
    assertThat(search.find(next, 1).getFirst().entry()).containsEntry("number", 2_489);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subject = 'p7' order by at desc, id desc limit 100",
        "source = 'campus' and subject = 'p7' order by at desc, id desc limit 100",
        "event = 7 order by at desc, id desc limit 100",
        "kind = 'decided' and kind <> 'outcome' order by at desc, id desc limit 100",
        "at >= '2026-11-21' and at < '2026-11-22' order by at desc, id desc limit 100",
        "(at, id) < (select b.at, b.id from audit b where b.id = 5000) order by at desc, id desc"
            + " limit 100"
      })
  void everyQuestionIsAnsweredByAnIndexAndWithoutSortingAll(String condition) {
    database
        .jdbc()
        .sql(
            """
            insert into audit (at, kind, instance, source, subject, event, entry)
            select timestamptz '2026-11-20' + n * interval '10 seconds',
              case when n % 1000 = 0 then 'decided' else 'outcome' end, 'campus', 'campus',
              'p' || n % 3000, n / 2, '{"reason":"x"}'
            from generate_series(1, 60000) n
            """)
        .update();
    database.jdbc().sql("analyze audit").update();
    String plan =
        String.join(
            "\n",
            database
                .jdbc()
                .sql("explain select * from audit where " + condition)
                .query((row, number) -> row.getString(1))
                .list());
    assertThat(plan).contains("Index").doesNotContain("Seq Scan on audit  ");
  }

  @Test
  void aKindThatThereIsNotIsNamedWithThoseThereAre() {
    assertThat(AuditKind.ofCode("decided")).isEqualTo(AuditKind.DECIDED);
    assertThatThrownBy(() -> AuditKind.ofCode("x"))
        .hasMessageContaining("one of outcome, call, claim-lost");
  }
}
