package dev.rollcall.simulators.okta;

import static dev.rollcall.simulators.okta.Sourcing.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.testing.ControlDriver.Told;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How a client sees that an identity source is set up for what it will send. */
class AppsTest {
  private final Sourcing sourcing;
  private final Calling calling;

  AppsTest(@TempDir Path directory) {
    sourcing = Sourcing.in(directory);
    calling = sourcing.calling;
  }

  @AfterEach
  void stop() {
    sourcing.close();
  }

  private JsonNode schema() {
    return calling.get("/meta/schemas/apps/" + SOURCE + "/default").json().path("definitions");
  }

  private JsonNode mapping(String query) {
    JsonNode list = calling.get("/mappings?" + query).json();
    assertThat(list.size()).isOne();
    assertThat(list.path(0).has("properties")).isFalse();
    return calling.get("/mappings/" + list.path(0).path("id").asString()).json();
  }

  @Test
  void anApplicationIsShown() {
    JsonNode app = calling.get("/apps/" + SOURCE).json();
    assertThat(app.path("id").asString()).isEqualTo(SOURCE);
    assertThat(app.path("label").asString()).isEqualTo("Oracle HCM");
    assertThat(app.path("status").asString()).isEqualTo("ACTIVE");
    assertThat(app.path("features").toString()).contains("PROFILE_MASTERING");
    sourcing.source("{'sourcing':false}");
    assertThat(calling.get("/apps/" + SOURCE).json().path("features").toString())
        .doesNotContain("PROFILE_MASTERING");
    assertThat(calling.get("/apps/0oaNobody").code()).isEqualTo("E0000007");
    assertThat(calling.get("/meta/schemas/apps/0oaNobody/default").code()).isEqualTo("E0000007");
  }

  @Test
  void theSchemaHasGivenAndAddedAttributes() {
    assertThat(schema().path("base").path("properties").propertyNames())
        .containsExactly(
            "userName",
            "firstName",
            "lastName",
            "email",
            "secondEmail",
            "mobilePhone",
            "homeAddress");
    assertThat(schema().path("custom").path("properties").propertyNames())
        .containsExactly("personNumber", "middleName");
    sourcing.source("{'custom':['middleName']}");
    assertThat(schema().path("custom").path("properties").propertyNames())
        .containsExactly("middleName");
  }

  @Test
  void theMappingLeadsFromEachAttributeToItsProperty() {
    JsonNode mapping = mapping("sourceId=" + SOURCE);
    assertThat(mapping.path("target").path("name").asString()).isEqualTo("user");
    JsonNode properties = mapping.path("properties");
    assertThat(properties.path("login").path("expression").asString())
        .isEqualTo("appuser.userName");
    assertThat(properties.path("personNumber").path("expression").asString())
        .isEqualTo("appuser.personNumber");
    assertThat(properties.path("personNumber").path("pushStatus").asString()).isEqualTo("PUSH");
    assertThat(mapping("targetId=" + SOURCE).path("source").path("name").asString())
        .isEqualTo("user");
  }

  @Test
  void anAttributeCanLackItsMapping() {
    sourcing.source("{'unmapped':['middleName'],'mappings':{'personNumber':'employeeNumber'}}");
    JsonNode properties = mapping("sourceId=" + SOURCE).path("properties");
    assertThat(properties.has("middleName")).isFalse();
    assertThat(properties.path("employeeNumber").path("expression").asString())
        .isEqualTo("appuser.personNumber");
    // It stays so until it is said otherwise.
    sourcing.source("{'custom':['personNumber','middleName','zipCode']}");
    properties = mapping("sourceId=" + SOURCE).path("properties");
    assertThat(properties.has("middleName")).isFalse();
    assertThat(properties.has("employeeNumber")).isTrue();
    assertThat(properties.has("zipCode")).isTrue();
  }

  @Test
  void mappingsComeInPages() {
    calling.control.post("sources", "{'id':'0oaOther','label':'Other'}");
    Answer first = calling.get("/mappings?limit=3");
    assertThat(first.ids()).hasSize(3);
    Answer second = calling.get(first.link("next"));
    assertThat(second.ids()).hasSize(1).doesNotContainAnyElementsOf(first.ids());
    assertThat(second.link("next")).isEmpty();
    assertThat(calling.get("/mappings?after=prmNowhere").code()).isEqualTo("E0000029");
    assertThat(calling.get("/mappings/prmNowhere").code()).isEqualTo("E0000007");
  }

  @Test
  void whatIsMappedIsAddedToTheProfileOfOktaUnlessItIsNotToBe() {
    JsonNode custom = calling.state("settings").path("custom");
    assertThat(custom.propertyNames()).containsExactly("personNumber");
    sourcing.source("{'custom':['personNumber','hireDate'],'addToProfile':false}");
    assertThat(calling.state("settings").path("custom").propertyNames())
        .containsExactly("personNumber");
    sourcing.imported(Sourcing.person("a", "'hireDate':'2026-01-01'"));
    assertThat(sourcing.verdicts("a")).containsExactly("failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | sources | {'odd':1} | 400 | odd",
        "POST | sources | {'id':'a/b'} | 400 | id",
        "POST | sources | {'matchOn':'odd'} | 400 | settings",
        "POST | sources | {'safeguardPercent':101} | 400 | safeguardPercent",
        "POST | sources | {'custom':['userName']} | 400 | custom",
        "POST | sources | {'mappings':{'odd':'title'}} | 400 | mappings",
        "POST | sources/resume | `` | 409 | holds",
        "GET | sources/0oaNobody | `` | 404 | 0oaNobody",
        "POST | sources/0oaSource00000000001/sessions/apsNobody | {'status':'ERROR'} | 404 | apsNobody",
        "GET | sources/0oaNobody/applied | `` | 404 | 0oaNobody",
      })
  void badInputIsRefusedWithASentence(
      String method, String path, String body, int status, String why) {
    Told told = calling.control.call(method, path, body.replace('\'', '"'));
    assertThat(told.status()).isEqualTo(status);
    assertThat(told.body().path("error").asString()).contains(why);
  }

  @Test
  void onlyASessionThatIsOpenCanBeEndedByHand() {
    String session = sourcing.session();
    String path = "sources/" + SOURCE + "/sessions/" + session;
    assertThat(calling.control.call("POST", path, "{\"status\":\"TRIGGERED\"}").status())
        .isEqualTo(400);
    assertThat(calling.control.call("POST", path, "{\"release\":true}").status()).isEqualTo(409);
    calling.control.post(path, "{'status':'EXPIRED'}");
    assertThat(calling.control.call("POST", path, "{\"status\":\"ERROR\"}").status())
        .isEqualTo(409);
  }
}
