package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.config.InvalidSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Identity types from PeopleSoft's own table: the rows of the seed. */
final class HrIdentityTableTest {

  private static final String TABLE = "identityTypes: table";

  private final HrPath path;

  HrIdentityTableTest(@TempDir Path directory) throws IOException {
    path = new HrPath(directory);
  }

  @AfterEach
  void close() {
    path.close();
  }

  /** As the source document writes them, in its own words. */
  @BeforeEach
  void theFourRowsOfTheSeed() {
    path.hr.jdbc().sql("delete from PS_CHG_IDP_UTYPE").update();
    path.hr
        .jdbc()
        .sql(
            """
            insert into PS_CHG_IDP_UTYPE values
              ('STUDENT', '[EMPLID]@student.univ.edu', 'Home,Preferred', 'N', 'STAGED', 'Student Cohort', 40),
              ('STAFF', '[First].[Last]@univ.edu', 'Business', 'Y', 'ACTIVE', 'Staff General', 20),
              ('FACULTY', '[First].[Last]@univ.edu', 'Business', 'Y', 'ACTIVE', 'Faculty General', 10),
              ('ADJUNCT', '[First].[Last]-ADJ@univ.edu', 'Personal', 'N', 'STAGED', 'Adjunct Pool', 30)
            """)
        .update();
  }

  private void is(String login, String status, String email, boolean phone, String... groups) {
    JsonNode user = path.user(login);
    assertThat(user.path("status").asString()).as(login).isEqualTo(status);
    assertThat(user.path("profile").path("email").asString()).as(login).isEqualTo(email);
    assertThat(user.path("profile").path("primaryPhone").asString(""))
        .as(login)
        .isEqualTo(phone ? "555-0100" : "");
    assertThat(path.groupsOf(login)).as(login).containsExactlyInAnyOrder(groups);
  }

  @Test
  void eachRowOfTheTableDecidesAboutThoseWhoHoldIt() {
    path.person("U1", "E1", "Ann", "Lee", "STUDENT");
    path.person("U2", "E2", "Ben", "Ray", "STAFF");
    path.person("U3", "E3", "Cyd", "Fox", "FACULTY");
    path.person("U4", "E4", "Dan", "Poe", "ADJUNCT");
    path.person("U5", "E5", "Eve", "Orr", "STUDENT", "ADJUNCT", "STAFF");
    Parts parts = path.start(HrPath.VIEW, TABLE);

    path.run(parts);

    is("E1@student.univ.edu", "STAGED", "e1@home.univ.edu", false, "Student Cohort");
    is("Ben.Ray@univ.edu", "PROVISIONED", "e2@busn.univ.edu", true, "Staff General");
    is("Cyd.Fox@univ.edu", "PROVISIONED", "e3@busn.univ.edu", true, "Faculty General");
    is("Dan.Poe-ADJ@univ.edu", "STAGED", "e4@pers.univ.edu", false, "Adjunct Pool");
    is(
        "Eve.Orr@univ.edu",
        "PROVISIONED",
        "e5@busn.univ.edu",
        true,
        "Staff General",
        "Adjunct Pool",
        "Student Cohort");
    assertThat(path.users()).hasSize(5);
  }

  @Test
  void whatTheTableSaysIsWhatHappensAndNotWhatIsShipped() {
    path.hr
        .jdbc()
        .sql(
            "update PS_CHG_IDP_UTYPE set CHG_LOGIN_FORMAT = '[Last]@staff.univ.edu', CHG_INIT_STATE = 'STAGED'"
                + " where CHG_IDP_UTYPE = 'STAFF'")
        .update();
    path.person("U2", "E2", "Ben", "Ray", "STAFF");
    path.person("U6", "E6", "Fay", "Low", "CONTRACTOR");
    Parts parts = path.start(HrPath.VIEW, TABLE);

    path.run(parts);

    assertThat(path.statusOf("Ray@staff.univ.edu")).isEqualTo("STAGED");
    assertThat(path.events(parts, "U6").getFirst().reason())
        .as("the table has no contractors")
        .startsWith("only identity types that are not configured are held");
    assertThat(path.users()).hasSize(1);
  }

  @Test
  void bothTheTableAndTheSettingsAreRefusedAtTheStart() {
    assertThatThrownBy(() ->
            path.settings(
                path.tenant()
                    + "\n    "
                    + TABLE
                    + "\n    identity: {types: {STAFF: {login: \"[EMPLID]@univ.edu\", emails: [BUSN]}}}"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("'instances.hr-to-okta.identityTypes' says table")
        .hasMessageContaining("leave out one of them");
  }

  @Test
  void aRowThatCannotBeFollowedIsRefusedAtTheStartWithItsCode() {
    path.hr
        .jdbc()
        .sql("update PS_CHG_IDP_UTYPE set CHG_INIT_STATE = 'SOON' where CHG_IDP_UTYPE = 'STAFF'")
        .update();

    assertThatThrownBy(() -> path.start(HrPath.VIEW, TABLE))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("instances.hr-to-okta.identityTypes says table")
        .hasMessageContaining("CHG_INIT_STATE of STAFF is 'SOON', neither STAGED nor ACTIVE");
    assertThat(path.requests(0)).isEmpty();
  }
}
