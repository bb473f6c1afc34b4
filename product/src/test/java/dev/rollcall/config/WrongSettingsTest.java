package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings are told with file, line, what is wrong and what is allowed. */
class WrongSettingsTest {

  private static final String INSTANCE =
      """
      instances:
        campus:
          itResource: PSFT Campus
      """;

  private static List<Problem> problems(String yaml) {
    return assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> new SettingsFile(Map.of()).parse("rollcall.yaml", yaml))
        .actual()
        .problems();
  }

  /** Lines below the instance begin at the fourth. */
  private static void refused(String settings, int line, String... texts) {
    List<Problem> problems = problems(INSTANCE + settings.indent(4));
    assertThat(problems).as(settings).hasSize(1);
    assertThat(problems.getFirst().file()).isEqualTo("rollcall.yaml");
    assertThat(problems.getFirst().line()).as(problems.toString()).isEqualTo(line);
    assertThat(problems.getFirst().text()).contains(texts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "isActive: maybe; must be yes or no",
        "state: paused; must be one of",
        "targetDateFormat: dd.MM.yyyy; must be one of yyyy-MM-dd",
        "startDate: earliest; must be one of",
        "employeeStatus: Active; must be one of Enabled, Disabled",
        "timeZone: Mars; must be a time zone",
        "colour: red; unknown setting 'instances.campus.colour'; allowed here",
        "expected: [shoe_size]; names 'shoe_size' but must name attributes that both messages map",
        "matchAlso: shoe_size; must be an attribute that both messages map: first_name",
        "customQuery: Shoe Size=9; allowed are Campus ID, Effective Start Date",
        "customQuery: (First Name=A; '(First Name' in '(First Name=A' is no field",
        "customQuery: First Name; is no condition",
        "customQuery: First Name=; must have one value",
        "customQuery: first name=A; in this case",
        "attributes: x; must be a mapping",
        "affiliations: Affiliation Code~Shoe Size; names 'Shoe Size'",
        "affiliations: Affiliation Code; Affiliations need rules for institution, code and status",
        "useTransformation: perhaps; must be yes or no"
      })
  void aWrongValueIsToldWithItsLine(String setting, String text) {
    List<Problem> problems = problems(INSTANCE + setting.indent(4));
    assertThat(problems).allSatisfy(problem -> assertThat(problem.line()).isEqualTo(4));
    assertThat(problems).anySatisfy(problem -> assertThat(problem.text()).contains(text));
  }

  @Test
  void aWrongWatchIsToldWithItsLine() {
    assertThat(problems(INSTANCE + "    watch: {}\n"))
        .extracting(Problem::text)
        .containsExactly(
            "'instances.campus.watch.directory' is missing",
            "'instances.campus.watch.archive' is missing");
    refused("watch:\n  directory: /in", 5, "'instances.campus.watch.archive' is missing");
    refused("watch:\n  directory: in\n  archive: /out", 5, "must be an absolute path: in");
    refused("watch:\n  directory: /in\n  archive: /in/.", 6, "must be another directory");
    refused("watch:\n  directory: /in\n  archive: /out\n  every: 10ms", 7, "from 1s to 24h");
    refused("watch:\n  directory: /in\n  archive: /out\n  settle: 2d", 7, "from 1s to 24h");
    refused("watch:\n  directory: /in\n  archive: /out\n  often: 1m", 7, "unknown setting");
    assertThat(problems(INSTANCE + "    watch: /in\n").getFirst().text())
        .contains("'instances.campus.watch' must be a mapping");
  }

  @Test
  void twoInstancesWatchDirectoriesOfTheirOwn() {
    List<Problem> problems =
        problems(
            """
            instances:
              campus:
                itResource: PSFT Campus
                watch: {directory: /in, archive: /out}
              other:
                source: other
                itResource: PSFT Other
                watch: {directory: /elsewhere, archive: /in/.}
            """);
    assertThat(problems)
        .containsExactly(
            new Problem(
                "rollcall.yaml",
                8,
                "'/in' is watched by, or the archive of, instance 'campus' already; each needs its"
                    + " own"));
  }

  @Test
  void aBrokenMappingIsToldAtItsLineWithTheElement() {
    refused("attributes:\n  Email: EMAIL_ADDR", 5, "Email", "Element 2 (PARENT NODE)");
  }

  @Test
  void mappingsThatDoNotFitTogetherAreTold() {
    refused("attributes:\n  User ID: None", 4, "exactly one PRIMARY rule");
  }

  @Test
  void aFieldThatReadsNothingIsTold() {
    refused("reconFields:\n  Nickname: Preferred Name", 5, "reads 'Preferred Name'", "User ID");
  }

  @Test
  void aFieldOfTheAffiliationsMustBeMarkedAsOne() {
    refused(
        "reconFields:\n  Affiliation Code: Affiliation Code",
        5,
        "must end with ~None~None~Resource");
  }

  @Test
  void anExpressionThatDoesNotCompileIsToldAtItsLine() {
    refused(
        "transformation:\n  First Name: nameCase(frist_name)",
        5,
        "undeclared reference to 'frist_name'",
        "column");
  }

  @Test
  void anExpressionThatGivesTheWrongKindIsTold() {
    refused("transformation:\n  First Name: size(first_name)", 5, "must give a text");
    refused("validation:\n  First Name: first_name", 5, "must give true or false");
  }

  @Test
  void aRuleForAFieldNobodyMapsIsTold() {
    refused("validation:\n  Shoe Size: \"true\"", 5, "is no mapped field");
  }

  @Test
  void aClassThatIsNotThereOrNotOneIsTold() {
    refused("validation:\n  Email: java:edu.example.Missing", 5, "no class edu.example.Missing");
    refused("validation:\n  Email: java:java.lang.String", 5, "does not implement");
    refused(
        "validation:\n  Email: java:dev.rollcall.testing.Backwards",
        5,
        "does not implement dev.rollcall.spi.Validation");
  }

  @Test
  void aPatternThatIsNoneIsTold() {
    refused("exclusionList:\n  User ID[PATTERN]: \"(\"", 5, "is no regular expression");
  }

  @Test
  void anotherKeyInTheExclusionListIsTold() {
    refused("exclusionList:\n  Email: a@b", 5, "unknown setting", "User ID[PATTERN]");
  }

  @Test
  void aSettingOfOneMessageIsToldThere() {
    refused(
        "messages:\n  fullSync:\n    customQuery: Shoe Size=9", 6, "messages.fullSync.customQuery");
    refused("messages:\n  daily: {}", 5, "unknown setting", "sync, fullSync");
  }

  @Test
  void theStartDateIsDecidedOnceOnly() {
    refused(
        "startDate: earliestPrimary\nattributes:\n  Start Date: EFFDT~SCC_PER_NAME_I~None~EFFDT",
        6,
        "startDate: earliestPrimary decides it already");
  }

  @Test
  void aFieldOutsideTheListOfAffiliationFieldsIsTold() {
    refused(
        """
        affiliations: Affiliation Code~Affiliation Status~Institution
        attributes:
          Affiliation Campus: CAMPUS~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations
        """,
        6,
        "not in the list 'affiliations'");
  }

  @Test
  void aNationalIdIsNotSearchedByBecauseReasonsWouldShowIt() {
    refused(
        "matchAlso: national_id\nattributes:\n  National ID: NATIONAL_ID~SCC_PERS_NID_I",
        4,
        "must be an attribute that both messages map");
  }

  @Test
  void aNameThatIsNoTextIsTold() {
    refused("[a, b]: c", 4, "must be a text");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceInTheOrderOfTheFile() {
    assertThat(problems("http: {port: x}\ninstances:\n  campus:\n    state: x\n"))
        .extracting(Problem::line)
        .containsExactly(1, 4, 4);
  }
}
