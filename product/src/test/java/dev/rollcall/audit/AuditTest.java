package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.db.Database;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The audit keeps what it is given, in order, for good. */
class AuditTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Database database = SharedDatabase.emptied();
  private final Audit audit = new Audit(database.jdbc(), new SettableClock(NOON), new JsonMapper());

  private void say(String reason) {
    audit.append(
        List.of(
            new AuditEntry(
                AuditKind.OUTCOME,
                "campus",
                new SubjectKey("campus", "kevin"),
                7L,
                Map.of("reason", reason))));
  }

  @Test
  void entriesComeBackInOrderWithTheirTime() {
    say("first");
    say("second");

    assertThat(audit.ofEvent(7))
        .extracting(entry -> entry.entry().get("reason"))
        .containsExactly("first", "second");
    assertThat(audit.ofEvent(7)).extracting(Audit.Stored::at).containsOnly(NOON);
    assertThat(audit.ofEvent(8)).isEmpty();
  }

  @Test
  void anEntryMayBelongToNobody() {
    audit.append(
        List.of(
            new AuditEntry(AuditKind.MESSAGE_REFUSED, null, null, null, Map.of("status", 400))));

    assertThat(database.jdbc().sql("select count(*) from audit").query(Long.class).single())
        .isEqualTo(1);
  }

  @Test
  void anEntryIsNeverChanged() {
    say("as it was");

    assertThatThrownBy(() -> database.jdbc().sql("update audit set kind = 'x'").update())
        .hasMessageContaining("The audit is append-only");
  }

  /** What stands for a NUL in JSON must be told from a text that only looks like it. */
  @ParameterizedTest
  @CsvSource({"n,n", "0n,?n", "\\0,\\?", "\\\\0,\\\\?", "\\u0000,\\u0000", "00,??"})
  void whatCannotBeStoredIsReplacedAndNothingElseIs(String said, String kept) {
    say(said.equals("\\u0000") ? said : said.replace('0', '\0'));

    assertThat(audit.ofEvent(7).getFirst().entry())
        .containsEntry("reason", kept.replace('?', '\uFFFD'));
  }
}
