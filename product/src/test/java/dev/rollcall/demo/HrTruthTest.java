package dev.rollcall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the comparison of the route to Okta says that the sides differ, or that it says nothing.
 */
final class HrTruthTest {

  private static final JsonNode ANN =
      new JsonMapper()
          .readTree(
              """
              {"logins":["ann.lee@univ.edu"],"status":"ACTIVE","groups":["Staff General"],
                "firstName":"Ann","lastName":"Lee","email":"ann@univ.edu","phone":"555-0100"}
              """);

  private static OktaSide.User user(String displayName, String phone) {
    return new OktaSide.User(
        "00u1",
        "E1",
        "Ann.Lee@univ.edu",
        "ACTIVE",
        "Ann",
        "Lee",
        displayName,
        "ann@univ.edu",
        phone,
        Set.of("Staff General"));
  }

  private static List<String> differences(OktaSide.User user) {
    List<String> differences = new ArrayList<>();
    HrTruth.compare("U1", ANN, List.of(user), differences);
    return differences;
  }

  @Test
  void anAccountThatIsAsExpectedDoesNotDiffer() {
    assertThat(differences(user("Ann Lee", "555-0100"))).isEmpty();
  }

  @Test
  void anotherPhoneOrAnotherShownNameDiffers() {
    assertThat(differences(user("Ann Lee", "")))
        .containsExactly("U1: phone is , expected 555-0100");
    assertThat(differences(user("Anna Lee", "555-0100")))
        .containsExactly("U1: displayName is Anna Lee, expected Ann Lee");
  }

  @ParameterizedTest
  @CsvSource({"9, 10, true", "10, 10, true", "8, 10, false", "89, 100, false", "0, 0, false"})
  void aComparisonOfTooFewPeopleSaysNothing(int certain, int all, boolean enough) {
    JsonMapper json = new JsonMapper();
    var people = json.createArrayNode();
    for (int i = 0; i < all; i++) {
      people.add(json.createObjectNode().put("certain", i < certain));
    }

    assertThat(HrTruth.doubts(people).isEmpty()).isEqualTo(enough);
  }

  @ParameterizedTest
  @CsvSource({"12, 12, true", "12, 6, true", "12, 5, false", "12, 0, false", "0, 0, false"})
  void aScenarioOfWhichLittleOrNothingWasPlayedSaysNothing(int asked, int done, boolean enough) {
    assertThat(new HrScenario.Played(asked, done).doubts().isEmpty()).isEqualTo(enough);
  }
}
