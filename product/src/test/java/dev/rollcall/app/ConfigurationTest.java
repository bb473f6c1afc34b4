package dev.rollcall.app;

import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.ERROR;
import static dev.rollcall.model.EventStatus.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.SyncEvent;
import org.junit.jupiter.api.Test;

/** What the settings say changes what an identity gets, through the real engine. */
class ConfigurationTest {

  private static final String KEVIN = "0000012345";

  private static String with(String settings) {
    return WholePath.YAML + settings.indent(4);
  }

  private static CampusMessages kevin() {
    return CampusMessages.added(KEVIN)
        .name("A", "PRI", "2013-08-20", "KÉVIN", "O'NEIL")
        .name("A", "PRF", "2019-01-01", "Kev", "O'Neil")
        .email("A", "CAMP", "kevin@campus.example")
        .affiliation("A", "STUDENT", "A", "2020-09-01", "2027-06-30");
  }

  private static SyncEvent only(WholePath path) {
    return path.events(KEVIN).getFirst();
  }

  @Test
  void anAttributeIsAddedByOneLine() {
    String yaml =
        with(
            """
            attributes:
              Preferred Name: FIRST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRF~EFFDT
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.settle();
      assertThat(path.value(KEVIN, "preferred_name")).isEqualTo("Kev");
      assertThat(path.value(KEVIN, "first_name")).isEqualTo("KÉVIN");
    }
  }

  @Test
  void anAttributeOfTheFullTablesIsNotInForceForAPushedMessage() {
    String yaml =
        with(
            """
            messages:
              sync:
                attributes:
                  Email: None
              fullSync:
                attributes:
                  Preferred Name: FIRST_NAME~SCC_PER_NAME_I2~NAME_TYPE=PRF~EFFDT
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.settle();
      assertThat(path.account(KEVIN).orElseThrow().attributes())
          .doesNotContainKeys("preferred_name", "email");
    }
  }

  @Test
  void anAffiliationFieldIsAddedByOneLine() {
    String yaml =
        with(
            """
            attributes:
              Affiliation Campus: CAMPUS~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(
          kevin()
              .row(
                  "SCC_AFL_PERSON",
                  "A",
                  "<INSTITUTION>PSUNV</INSTITUTION><SCC_AFL_CODE>STAFF</SCC_AFL_CODE>"
                      + "<SCC_AFL_STATUS>A</SCC_AFL_STATUS><START_DT>2020-01-01</START_DT>"
                      + "<CAMPUS>NORTH</CAMPUS>"));
      path.settle();
      assertThat(path.account(KEVIN).orElseThrow().affiliations())
          .filteredOn(held -> held.affiliation().code().equals("STAFF"))
          .singleElement()
          .satisfies(
              held -> assertThat(held.affiliation().more()).containsEntry("campus", "NORTH"));
      path.send(CampusMessages.changed(KEVIN).affiliation("C", "STAFF", "I", "2020-01-01", ""));
      path.settle();
      assertThat(path.account(KEVIN).orElseThrow().affiliations())
          .filteredOn(held -> held.affiliation().code().equals("STAFF"))
          .singleElement()
          .satisfies(held -> {
            assertThat(held.affiliation().more()).containsEntry("campus", "NORTH");
            assertThat(held.enabled()).isFalse();
          });
    }
  }

  @Test
  void aNewIdentityIsGivenTheDefaultsAndKeepsWhatItIsGivenLater() {
    try (WholePath path = new WholePath(with("organization: Students\nuserType: Learner"))) {
      path.send(kevin());
      path.settle();
      assertThat(path.value(KEVIN, "organization")).isEqualTo("Students");
      assertThat(path.value(KEVIN, "user_type")).isEqualTo("Learner");
      path.database
          .jdbc()
          .sql("update identity set attributes = attributes || '{\"organization\": \"Staff\"}'")
          .update();
      path.send(CampusMessages.changed(KEVIN).email("C", "CAMP", "new@campus.example"));
      path.settle();
      assertThat(path.value(KEVIN, "email")).isEqualTo("new@campus.example");
      assertThat(path.value(KEVIN, "organization")).isEqualTo("Staff");
    }
  }

  @Test
  void aNewIdentityBeginsDisabledWhereThatIsTheDefaultAndStaysSo() {
    try (WholePath path = new WholePath(with("employeeStatus: Disabled"))) {
      path.send(kevin());
      path.settle();
      path.send(CampusMessages.changed(KEVIN).email("C", "CAMP", "new@campus.example"));
      path.settle();
      assertThat(path.value(KEVIN, "email")).isEqualTo("new@campus.example");
      assertThat(path.account(KEVIN).orElseThrow().status()).isEqualTo(Account.Status.DISABLED);
    }
  }

  @Test
  void anExcludedPersonIsNeverTouchedNotEvenByADelete() {
    String yaml =
        with(
            """
            exclusionList:
              User ID: "0000099999|0000012345"
            """);
    try (WholePath path = new WholePath(yaml)) {
      assertThat(path.send(kevin()).status()).isEqualTo(200);
      path.send(CampusMessages.deleted(KEVIN));
      path.settle();
      assertThat(path.account(KEVIN)).isEmpty();
      assertThat(path.events(KEVIN))
          .filteredOn(event -> event.status() == SKIPPED)
          .allSatisfy(event -> assertThat(event.reason()).startsWith("excluded: User ID"));
    }
  }

  @Test
  void aPatternExcludesEveryIdThatMatchesIt() {
    try (WholePath path =
        new WholePath(with("exclusionList:\n  \"User ID[PATTERN]\": \"00000.*\""))) {
      path.send(kevin());
      path.settle();
      assertThat(only(path).reason()).startsWith("excluded: User ID 0000012345 matches 00000.*");
    }
  }

  @Test
  void aFilteredPersonIsSkippedAndTheSenderIsToldSuccess() {
    String yaml = with("customQuery: First Name=John&Last Name=Doe|First Name=Jane");
    try (WholePath path = new WholePath(yaml)) {
      assertThat(path.send(kevin()).status()).isEqualTo(200);
      path.settle();
      assertThat(only(path).status()).isEqualTo(SKIPPED);
      assertThat(only(path).reason()).startsWith("filtered: customQuery First Name=John");
      assertThat(path.account(KEVIN)).isEmpty();
      path.send(CampusMessages.changed(KEVIN).name("C", "PRI", "2013-08-20", "Jane", "O'Neil"));
      path.settle();
      assertThat(path.value(KEVIN, "first_name")).isEqualTo("Jane");
    }
  }

  @Test
  void theFilterLooksAtWhatWasTransformed() {
    String yaml =
        with(
            """
            useTransformation: yes
            transformation:
              First Name: nameCase(withoutAccents(first_name))
              Last Name: nameCase(last_name)
            customQuery: First Name=Kevin&Last Name=O'Neil
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.settle();
      assertThat(only(path).status()).isEqualTo(COMPLETED);
      assertThat(path.value(KEVIN, "first_name")).isEqualTo("Kevin");
      assertThat(path.value(KEVIN, "last_name")).isEqualTo("O'Neil");
    }
  }

  @Test
  void transformationsThatAreSwitchedOffChangeNothing() {
    try (WholePath path =
        new WholePath(with("transformation:\n  First Name: nameCase(first_name)"))) {
      path.send(kevin());
      path.settle();
      assertThat(path.value(KEVIN, "first_name")).isEqualTo("KÉVIN");
    }
  }

  @Test
  void aPersonWhoIsNotValidIsSkippedWithRuleAndValue() {
    String yaml =
        with(
            """
            useValidation: yes
            validation:
              Email: email.endsWith("@campus.edu")
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.settle();
      assertThat(only(path).status()).isEqualTo(SKIPPED);
      assertThat(only(path).reason())
          .isEqualTo("invalid: Email 'kevin@campus.example' fails email.endsWith(\"@campus.edu\")");
      assertThat(path.account(KEVIN)).isEmpty();
    }
  }

  @Test
  void anExpressionSeesTheAffiliations() {
    String yaml =
        with(
            """
            useValidation: yes
            validation:
              User ID: affiliations.exists(a, a.code == "STUDENT" && a.enabled)
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.settle();
      assertThat(only(path).status()).isEqualTo(COMPLETED);
    }
  }

  @Test
  void anExpressionThatFailsForOnePersonIsAnErrorOfThatPersonAlone() {
    String yaml =
        with(
            """
            useTransformation: yes
            transformation:
              First Name: first_name.substring(4)
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.send(CampusMessages.added("0000000007").name("A", "PRI", "2020-01-01", "Bo", "Lee"));
      path.settle();
      assertThat(only(path).status()).isEqualTo(COMPLETED);
      assertThat(path.value(KEVIN, "first_name")).isEqualTo("N");
      SyncEvent failed = path.events("0000000007").getFirst();
      assertThat(failed.status()).isEqualTo(ERROR);
      assertThat(failed.reason()).startsWith("first_name.substring(4) failed");
    }
  }

  @Test
  void aClassOfTheInstallationTransforms() {
    String yaml =
        with(
            """
            useTransformation: yes
            transformation:
              Last Name: "java:dev.rollcall.testing.Backwards"
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin());
      path.settle();
      assertThat(path.value(KEVIN, "last_name")).isEqualTo("LIEN'O");
    }
  }

  @Test
  void aNationalIdIsNeverShownWhereItIsNotValid() {
    String yaml =
        with(
            """
            attributes:
              National ID: NATIONAL_ID~SCC_PERS_NID_I
            useValidation: yes
            validation:
              National ID: size(national_id) == 9
            """);
    try (WholePath path = new WholePath(yaml)) {
      path.send(kevin().row("SCC_PERS_NID_I", "A", "<NATIONAL_ID>123-45-6789</NATIONAL_ID>"));
      path.settle();
      assertThat(only(path).reason())
          .isEqualTo("invalid: National ID *** fails size(national_id) == 9");
    }
  }

  @Test
  void theStartDateMayBeThatOfTheEarliestPrimaryName() {
    try (WholePath path = new WholePath(with("startDate: earliestPrimary"))) {
      path.send(kevin().name("A", "PRI", "2022-02-02", "Kevin", "Married"));
      path.settle();
      assertThat(path.value(KEVIN, "start_date")).isEqualTo("2013-08-20");
      assertThat(path.value(KEVIN, "last_name")).isEqualTo("Married");
    }
  }
}
