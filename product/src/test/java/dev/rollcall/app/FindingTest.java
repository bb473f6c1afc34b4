package dev.rollcall.app;

import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Findings;
import dev.rollcall.finding.StandingFinding;
import dev.rollcall.intake.Requests.RefusedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person should look at is noticed on the whole path, and over when it is mended. */
class FindingTest {

  private static final String ADA = "0000000001";
  private static final String BOB = "0000000002";
  private static final String EXPECTED = WholePath.YAML + "    expected: [email, phone]\n";

  private static CampusMessages person(String emplid) {
    return CampusMessages.added(emplid).name("A", "PRI", "2020-01-01", "Ada", "Lovelace");
  }

  private static List<StandingFinding> findings(WholePath path) {
    return path.parts.findings().list(new Findings.Filter(null, null, null, 0, 100));
  }

  @Test
  void whoLacksAnExpectedAttributeIsAFindingUntilTheSourceTellsIt() {
    try (WholePath path = new WholePath(EXPECTED)) {
      path.send(person(ADA));
      path.settle();
      assertThat(findings(path)).hasSize(1);
      StandingFinding finding = findings(path).getFirst();
      assertThat(finding.kind()).isEqualTo(FindingKind.MISSING_ATTRIBUTE.code());
      assertThat(finding.subject().id()).isEqualTo(ADA);
      assertThat(finding.text()).startsWith("no email, phone;");
      assertThat(finding.event()).isEqualTo(path.events(ADA).getFirst().id());
      path.send(CampusMessages.changed(ADA).email("A", "CAMP", "ada@campus.example"));
      path.settle();
      assertThat(findings(path))
          .extracting(StandingFinding::text)
          .first()
          .asString()
          .startsWith("no phone;");
      path.send(CampusMessages.deleted(ADA));
      path.settle();
      assertThat(findings(path)).as("a deleted person lacks nothing").isEmpty();
    }
  }

  @Test
  void nothingIsExpectedUnlessItIsSet() {
    try (WholePath path = new WholePath()) {
      path.send(person(ADA));
      path.settle();
      assertThat(findings(path)).isEmpty();
    }
  }

  @Test
  void whatWasLookedAtStaysOutOfTheWayAndTheAuditSaysWho() {
    try (WholePath path = new WholePath(EXPECTED)) {
      path.send(person(ADA));
      path.settle();
      StandingFinding finding = findings(path).getFirst();
      path.parts.review().done(finding.id(), "a guest without mail", "anna");
      path.send(CampusMessages.changed(ADA).name("C", "PRI", "2020-01-01", "Augusta", "King"));
      path.settle();
      assertThat(findings(path)).isEmpty();
      assertThat(path.parts.audit().ofEvent(path.events(ADA).getFirst().id()))
          .anySatisfy(step -> {
            assertThat(step.kind()).isEqualTo("finding-done");
            assertThat(step.entry())
                .containsEntry("by", "anna")
                .containsEntry("why", "a guest without mail");
          });
      assertThatThrownBy(() -> path.parts.review().done(finding.id(), "again", "bert"))
          .isInstanceOf(RefusedRequest.class);
    }
  }

  @Test
  void aMessageFromTheFarFutureIsAFindingUntilThatDay() {
    try (WholePath path = new WholePath()) {
      path.send(person(BOB), Map.of("OrigTimeStamp", "2026-11-21T11:00:00.000000+0000"));
      path.send(person(ADA), Map.of("OrigTimeStamp", "2027-01-01T00:00:00.000000+0000"));
      path.settle();
      assertThat(findings(path)).hasSize(1);
      assertThat(findings(path).getFirst().kind()).isEqualTo(FindingKind.FUTURE_MESSAGE.code());
      assertThat(findings(path).getFirst().subject().id()).isEqualTo(ADA);
      path.parts.requests().retry(path.events(ADA).getFirst().id(), "test");
      path.settle();
      assertThat(findings(path)).as("a look does not move time").hasSize(1);
      path.clock.set(Instant.parse("2027-01-01T00:00:01Z"));
      assertThat(findings(path)).isEmpty();
      path.send(CampusMessages.changed(ADA).email("A", "CAMP", "ada@campus.example"));
      path.settle();
      assertThat(path.value(ADA, "email")).isEqualTo("ada@campus.example");
      assertThat(number(path, "select count(*) from finding")).isZero();
    }
  }

  @Test
  void aRoleThatDoesNotExistIsAFindingUntilItIsSeeded() throws IOException {
    try (WholePath path = new WholePath(WholePath.YAML + "    rolesOnTheFly: no\n")) {
      path.send(person(ADA).affiliation("A", "STUDENT", "A", "2020-09-01", "2030-06-30"));
      path.settle();
      assertThat(findings(path))
          .extracting(StandingFinding::kind)
          .containsExactly(FindingKind.MISSING_ROLE.code());
      assertThat(findings(path).getFirst().text()).contains("STUDENT", "rollcall roles seed");
      path.parts
          .seeding()
          .seed(
              new ByteArrayInputStream(
                  "\"SCC_AFL_CODE\",\"DESCR\"\n\"STUDENT\",\"Student\"\n"
                      .getBytes(StandardCharsets.UTF_8)),
              "test");
      path.settle();
      assertThat(path.account(ADA).orElseThrow().groups()).containsExactly("STUDENT");
      assertThat(findings(path)).isEmpty();
    }
  }

  @Test
  void aLoginThatIsSomebodyElsesIsAFindingUntilItIsDecided() {
    try (WholePath path = new WholePath(WholePath.YAML + "    matchAlso: campus_id\n")) {
      path.send(person(BOB));
      path.settle();
      String bobs = String.valueOf(path.account(BOB).orElseThrow().id());
      path.database
          .jdbc()
          .sql("update identity set login = :login where id = :id")
          .param("login", ADA)
          .param("id", Long.valueOf(bobs))
          .update();
      path.send(person(ADA));
      path.settle();
      assertThat(path.events(ADA).getLast().status()).isEqualTo(SUSPENDED);
      assertThat(findings(path))
          .extracting(StandingFinding::kind)
          .containsExactly(FindingKind.LOGIN_CLASH.code());
      assertThat(findings(path).getFirst().text()).contains("is linked to campus:" + BOB);
      path.database
          .jdbc()
          .sql("update identity set login = :login where id = :id")
          .param("login", BOB)
          .param("id", Long.valueOf(bobs))
          .update();
      path.parts.requests().retry(path.events(ADA).getLast().id(), "test");
      path.settle();
      assertThat(path.events(ADA).getLast().status()).isEqualTo(COMPLETED);
      assertThat(findings(path)).isEmpty();
    }
  }

  @Test
  void whatCannotBeUsedOfTheFactsIsAFinding() {
    try (WholePath path = new WholePath()) {
      path.send(person(ADA).affiliation("A", "STUDENT", "A", "2020-09-01", "2030-06-31"));
      path.settle();
      assertThat(findings(path))
          .extracting(StandingFinding::kind)
          .containsExactly(FindingKind.UNUSABLE_FACT.code());
      path.clock.advance(Duration.ofSeconds(1));
      path.send(
          CampusMessages.changed(ADA).affiliation("C", "STUDENT", "A", "2020-09-01", "2030-06-30"));
      path.settle();
      assertThat(findings(path)).isEmpty();
    }
  }

  private static long number(WholePath path, String sql) {
    return path.database.jdbc().sql(sql).query(Long.class).single();
  }
}
