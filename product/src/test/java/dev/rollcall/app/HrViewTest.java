package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Findings;
import dev.rollcall.finding.StandingFinding;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.ConnectorException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A query says who changed, and Rollcall itself decides what that means for their accounts. */
final class HrViewTest {

  private static final String ANN = "Ann.Lee@univ.edu";
  private static final String BEN = "E2@student.univ.edu";
  private static final String SECOND =
      "identity: {leave: suspend, attributes: {secondEmail: \"[EMAIL_PERS]\"}}";

  private final HrPath path;

  HrViewTest(@TempDir Path directory) throws IOException {
    path = new HrPath(directory);
    path.person("U1", "E1", "Ann", "Lee", "STAFF");
    path.person("U2", "E2", "Ben", "Ray", "STUDENT");
  }

  @AfterEach
  void close() {
    path.close();
  }

  /** What the tenant was sent since, to change something: method, address and body. */
  private List<JsonNode> writes(long after) {
    return path.requests(after).stream()
        .filter(one -> !one.path("method").asString().equals("GET"))
        .toList();
  }

  private long lastRequest() {
    return path.requests(0).stream().mapToLong(one -> one.path("request").asLong()).max().orElse(0);
  }

  private List<StandingFinding> findings(Parts parts, @Nullable FindingKind kind) {
    return parts.findings().list(new Findings.Filter(HrPath.INSTANCE, kind, null, 0, 100));
  }

  @Test
  void whoIsNewIsGivenTheAccountOfTheirIdentityTypeAndIsNotToldAgain() {
    Parts parts = path.start(HrPath.VIEW);

    path.run(parts);

    assertThat(path.statusOf(ANN)).isEqualTo("PROVISIONED");
    assertThat(path.groupsOf(ANN)).containsExactly("Staff General");
    assertThat(path.user(ANN).path("profile").path("email").asString())
        .isEqualTo("e1@busn.univ.edu");
    assertThat(path.statusOf(BEN)).isEqualTo("STAGED");
    assertThat(path.groupsOf(BEN)).containsExactly("Student Cohort");
    assertThat(path.events(parts, "U1")).extracting(SyncEvent::cause).containsExactly(Cause.CHANGE);
    long before = lastRequest();
    path.run(parts);
    assertThat(path.requests(before)).isEmpty();
  }

  @Test
  void whatIsClearedInPeopleSoftTravelsAsNullAndWhatDidNotChangeIsNotSent() {
    Parts parts = path.start(HrPath.VIEW, SECOND);
    path.run(parts);
    long before = lastRequest();

    path.email("E1", "PERS", " ");
    path.phone("E1", " ");
    path.changed("U1");
    path.run(parts);

    JsonNode profile =
        JsonMapper.shared()
            .readTree(writes(before).getFirst().path("body").asString())
            .path("profile");
    assertThat(writes(before)).hasSize(1);
    assertThat(profile.propertyNames()).containsExactlyInAnyOrder("secondEmail", "primaryPhone");
    assertThat(profile.path("secondEmail").isNull()).isTrue();
    assertThat(profile.path("primaryPhone").isNull()).isTrue();
    assertThat(path.user(ANN).path("profile").path("email").asString())
        .isEqualTo("e1@busn.univ.edu");
  }

  @Test
  void theAddressThatOktaNeedsIsLeftWhenItIsClearedAndSomebodyIsTold() {
    Parts parts = path.start(HrPath.VIEW);
    path.run(parts);

    path.email("E1", "BUSN", " ");
    path.changed("U1");
    path.run(parts);

    assertThat(path.user(ANN).path("profile").path("email").asString())
        .isEqualTo("e1@busn.univ.edu");
    assertThat(findings(parts, FindingKind.MISSING_ATTRIBUTE))
        .singleElement()
        .satisfies(one -> assertThat(one.subject().id()).isEqualTo("U1"));
  }

  @Test
  void whoLeavesTheLastTypeIsDeactivatedAndWhoStillHoldsOneKeepsTheAccount() {
    path.types("E1", "STAFF", "STUDENT");
    Parts parts = path.start(HrPath.VIEW);
    path.run(parts);
    assertThat(path.groupsOf(ANN)).containsExactly("Staff General", "Student Cohort");

    path.types("E1", "STUDENT");
    path.types("E2");
    path.changed("U1");
    path.changed("U2");
    path.run(parts);

    assertThat(path.statusOf(ANN)).isEqualTo("PROVISIONED");
    assertThat(path.groupsOf(ANN)).containsExactly("Student Cohort");
    assertThat(path.statusOf(BEN)).isEqualTo("DEPROVISIONED");
    assertThat(path.events(parts, "U2").getLast().priority())
        .as("who leaves comes first")
        .isEqualTo(Priority.LEAVER);
  }

  @Test
  void aLeaveSuspendsAndTheReturnEndsThatWhereTheSettingSaysSo() {
    Parts parts = path.start(HrPath.VIEW, SECOND);
    path.run(parts);

    path.job("E1", "L");
    path.changed("U1");
    path.run(parts);
    assertThat(path.statusOf(ANN)).isEqualTo("SUSPENDED");

    path.job("E1", "A");
    path.changed("U1");
    path.run(parts);
    assertThat(path.statusOf(ANN)).isEqualTo("ACTIVE");
  }

  @Test
  void whoComesBackIsActivatedBeforeAnythingIsWritten() {
    Parts parts = path.start(HrPath.VIEW);
    path.run(parts);
    path.types("E1");
    path.changed("U1");
    path.run(parts);
    assertThat(path.statusOf(ANN)).isEqualTo("DEPROVISIONED");
    long before = lastRequest();

    path.types("E1", "STAFF");
    path.phone("E1", "555-0199");
    path.changed("U1");
    path.run(parts);

    assertThat(path.statusOf(ANN)).isEqualTo("PROVISIONED");
    assertThat(writes(before).getFirst().path("target").asString()).contains("/lifecycle/activate");
    assertThat(path.user(ANN).path("profile").path("primaryPhone").asString())
        .isEqualTo("555-0199");
    assertThat(path.users()).as("nobody was made twice").hasSize(2);
  }

  @Test
  void whoVanishesIsAFindingAndNeverALeaver() {
    Parts parts = path.start(HrPath.VIEW);
    path.run(parts);
    long before = lastRequest();

    path.people("vanish", "{'oprid':'U1'}");
    path.advance(Duration.ofMinutes(61));
    path.run(parts);

    assertThat(findings(parts, FindingKind.VANISHED))
        .singleElement()
        .satisfies(one -> assertThat(one.subject().id()).isEqualTo("U1"));
    assertThat(path.events(parts, "U1")).hasSize(1);
    assertThat(writes(before)).isEmpty();
    assertThat(path.statusOf(ANN)).isEqualTo("PROVISIONED");
  }

  @Test
  void anEmptySourceAndOneThatFailsMakeNobodyLeave() {
    Parts parts = path.start(HrPath.VIEW);
    path.run(parts);
    long before = lastRequest();
    path.advance(Duration.ofMinutes(61));

    path.hr.jdbc().sql("create table away as select * from PSOPRDEFN").update();
    path.hr.jdbc().sql("delete from PSOPRDEFN").update();
    assertThatThrownBy(() -> path.poll(parts))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("names nobody");
    path.hr.jdbc().sql("insert into PSOPRDEFN select * from away").update();
    path.hr.jdbc().sql("alter view PS_CHG_OK_CHANGED_VW rename to PS_AWAY_VW").update();
    assertThatThrownBy(() -> path.poll(parts))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("the query 'changes' failed");
    path.settle(parts);

    assertThat(writes(before)).isEmpty();
    assertThat(findings(parts, null)).isEmpty();
    path.hr.jdbc().sql("alter view PS_AWAY_VW rename to PS_CHG_OK_CHANGED_VW").update();
    path.phone("E1", "555-0177");
    path.changed("U1");
    path.run(parts);
    assertThat(path.user(ANN).path("profile").path("primaryPhone").asString())
        .as("nothing was lost meanwhile")
        .isEqualTo("555-0177");
    assertThat(path.statusOf(BEN)).isEqualTo("STAGED");
  }

  @Test
  void aPreviewPlansEverybodyAndWritesNothing() {
    Parts parts = path.start(HrPath.VIEW, "state: preview");

    path.run(parts);

    assertThat(path.events(parts, "U1"))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.status()).isEqualTo(EventStatus.SKIPPED);
          assertThat(event.reason()).isEqualTo("preview");
        });
    assertThat(
            String.valueOf(
                parts.audit().outcomes(List.of(path.events(parts, "U1").getFirst().id()))))
        .contains("Create", ANN, "JoinGroup", "Staff General");
    assertThat(path.requests(0)).isNotEmpty();
    assertThat(writes(0)).isEmpty();
    assertThat(path.users()).isEmpty();
    assertThat(
            path.hr
                .jdbc()
                .sql("select count(*) from PS_CHG_OPR_OKTA_ID")
                .query(Long.class)
                .single())
        .isZero();

    path.run(path.start(HrPath.VIEW));
    assertThat(path.users()).as("switched on, they are looked at again").containsOnlyKeys(ANN, BEN);
  }
}
