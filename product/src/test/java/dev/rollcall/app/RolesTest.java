package dev.rollcall.app;

import static dev.rollcall.model.EventStatus.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Cause;
import dev.rollcall.model.SyncEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Roles follow the affiliations, through the real engine. */
class RolesTest {

  private static final String KEVIN = "0000012345";

  private static CampusMessages kevin() {
    return CampusMessages.added(KEVIN)
        .name("A", "PRI", "2013-08-20", "Kevin", "Anderson")
        .affiliation("A", "STUDENT", "A", "2020-09-01", "2027-06-30")
        .affiliation("A", "STAFF", "A", "2027-01-01", "");
  }

  private static Account account(WholePath path) {
    return path.account(KEVIN).orElseThrow();
  }

  private static SyncEvent last(WholePath path, Cause cause) {
    return path.events(KEVIN).stream()
        .filter(event -> event.cause() == cause)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  @Test
  void aRoleIsHeldFromTheFirstDayToTheLast() {
    try (WholePath path = new WholePath()) {
      path.send(kevin());
      path.settle();
      assertThat(account(path).groups()).containsExactly("STUDENT");
      path.clock.set(Instant.parse("2027-01-01T00:00:00Z"));
      path.settle();
      assertThat(account(path).groups()).containsExactly("STAFF", "STUDENT");
      path.clock.set(Instant.parse("2027-06-30T23:59:59Z"));
      path.settle();
      assertThat(account(path).groups()).containsExactly("STAFF", "STUDENT");
      path.clock.advance(Duration.ofSeconds(1));
      path.settle();
      assertThat(account(path).groups()).containsExactly("STAFF");
    }
  }

  @Test
  void theAuditSaysWhichAffiliationGaveTheRole() {
    try (WholePath path = new WholePath()) {
      path.send(kevin());
      path.settle();
      assertThat(path.parts.audit().ofEvent(path.events(KEVIN).getFirst().id()).getLast().entry())
          .extracting("changes")
          .asString()
          .contains("role=STUDENT", "change=JoinGroup")
          .contains("STUDENT at PSUNV (status A, 2020-09-01 to 2027-06-30) counts");
    }
  }

  @Test
  void aDeletedPersonHasNoRolesAndGetsThemBackWhenAddedAgain() {
    try (WholePath path = new WholePath()) {
      path.send(kevin());
      path.settle();
      path.send(CampusMessages.deleted(KEVIN));
      path.settle();
      assertThat(account(path).groups()).isEmpty();
      path.clock.advance(Duration.ofSeconds(1));
      path.send(kevin());
      path.settle();
      assertThat(account(path).groups()).containsExactly("STUDENT");
    }
  }

  @Test
  void aMessageThatMovesTheFirstDayLeavesOneAffiliation() {
    try (WholePath path = new WholePath()) {
      path.send(kevin());
      path.settle();
      path.send(CampusMessages.changed(KEVIN).affiliation("C", "STAFF", "A", "2026-12-01", ""));
      path.settle();
      assertThat(account(path).affiliations())
          .extracting(held -> held.affiliation().code(), held -> held.affiliation().from())
          .containsExactlyInAnyOrder(
              tuple("STUDENT", LocalDate.parse("2020-09-01")),
              tuple("STAFF", LocalDate.parse("2026-12-01")));
      path.send(
          CampusMessages.changed(KEVIN)
              .affiliation("K", "STAFF", "A", "2026-12-01", "")
              .affiliation("N", "STAFF", "A", "2026-11-01", ""));
      path.settle();
      assertThat(account(path).affiliations()).hasSize(2);
      assertThat(account(path).groups()).containsExactly("STAFF", "STUDENT");
    }
  }

  @Test
  void anAffiliationThatAPushedImageLacksIsKeptUnlessSetOtherwise() {
    CampusMessages image =
        CampusMessages.changed(KEVIN).affiliation("", "STAFF", "A", "2020-01-01", "");
    try (WholePath path = new WholePath()) {
      path.send(kevin());
      path.settle();
      path.send(image);
      path.settle();
      assertThat(account(path).groups()).containsExactly("STAFF", "STUDENT");
      path.send(
          CampusMessages.changed(KEVIN)
              .affiliation("", "STAFF", "A", "2020-01-01", "")
              .affiliation("D", "STUDENT", "A", "2020-09-01", "2027-06-30"));
      path.settle();
      assertThat(account(path).groups()).containsExactly("STAFF");
    }
    String yaml = WholePath.YAML + "    absentAffiliations: disable\n";
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.settle();
      path.send(image);
      path.settle();
      assertThat(account(path).groups()).containsExactly("STAFF");
      assertThat(account(path).affiliations())
          .filteredOn(held -> held.affiliation().code().equals("STUDENT"))
          .extracting(HeldAffiliation::enabled)
          .containsExactly(false);
    }
  }

  @Test
  void blankDatesMeanWhatIsSet() {
    String yaml = WholePath.YAML + "    blankEnd: over\n    activeStatuses: [CURRENT]\n";
    try (WholePath path = new WholePath(yaml)) {
      path.send(
          CampusMessages.added(KEVIN)
              .affiliation("A", "OPEN", "current", "2020-01-01", "")
              .affiliation("A", "ENDING", "Current", "", "2027-06-30")
              .affiliation("A", "ACTIVE", "A", "2020-01-01", "2027-06-30"));
      path.settle();
      assertThat(account(path).groups()).containsExactly("ENDING");
    }
  }

  @Test
  void aRoleThatMayNotBeMadeIsNotGivenAndTheReasonSaysWhatHelps() {
    try (WholePath path = new WholePath(WholePath.YAML + "    rolesOnTheFly: no\n")) {
      path.send(kevin());
      path.settle();
      SyncEvent event = path.events(KEVIN).getFirst();
      assertThat(event.status()).isEqualTo(COMPLETED);
      assertThat(event.reason())
          .isEqualTo(
              "created; not given, because there is no such role: STUDENT; 'rollcall roles seed"
                  + " FILE' makes it and looks again");
      assertThat(path.value(KEVIN, "first_name")).isEqualTo("Kevin");
      assertThat(account(path).affiliations()).extracting(HeldAffiliation::enabled).contains(true);
      assertThat(account(path).groups()).isEmpty();
      assertThat(path.parts.audit().ofEvent(event.id()).toString()).doesNotContain("JoinGroup");

      path.parts.requests().retry(event.id(), "test");
      path.settle();
      assertThat(last(path, Cause.RETRY).reason()).startsWith("unchanged; not given");
    }
  }

  @Test
  void peopleOfTwoInstancesShareTheRolesOfTheirAffiliations() {
    String yaml =
        WholePath.YAML
            + """
              other:
                source: other
                itResource: PSFT Other
                rolesOnTheFly: no
            """;
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.settle();
      path.send(
          CampusMessages.added("0000099999").affiliation("A", "STUDENT", "A", "2020-01-01", ""),
          java.util.Map.of("Location", "PSFT Other"));
      path.settle();
      assertThat(
              path.database
                  .jdbc()
                  .sql("select count(*) from identity_role")
                  .query(Long.class)
                  .single())
          .isEqualTo(2);
      assertThat(
              path.database
                  .jdbc()
                  .sql("select name from role")
                  .query((row, number) -> row.getString(1))
                  .list())
          .isEqualTo(List.of("STUDENT"));
    }
  }
}
