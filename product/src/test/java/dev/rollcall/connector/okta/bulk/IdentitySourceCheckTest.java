package dev.rollcall.connector.okta.bulk;

import static dev.rollcall.connector.okta.ScriptedOkta.error;
import static dev.rollcall.connector.okta.ScriptedOkta.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.okta.ScriptedOkta;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether an identity source can be given people, as far as can be seen. */
class IdentitySourceCheckTest {

  private static final String SCHEMA = "GET /api/v1/meta/schemas/apps/" + Desk.ID + "/default";

  private final Desk desk = new Desk();
  private final ScriptedOkta okta = desk.okta;

  @AfterEach
  void close() throws IOException {
    desk.close();
  }

  @BeforeEach
  void well() {
    okta.on("GET " + Desk.PATH, says(200, "[]"));
    okta.on("GET /api/v1/users", says(200, "[]"));
    okta.on("GET /api/v1/logs", says(200, "[]"));
    okta.on(SCHEMA, says(200, schema(List.of("middleName"))));
    okta.on("GET /api/v1/mappings", says(200, "[{\"id\":\"prm1\"}]"));
    okta.on("GET /api/v1/mappings/prm1", says(200, mapping("appuser.middleName")));
  }

  private static String schema(List<String> custom) {
    String base =
        "\"userName\":{},\"email\":{},\"firstName\":{},\"lastName\":{},\"secondEmail\":{}";
    String more = custom.stream().map("\"%s\":{}"::formatted).collect(Collectors.joining(","));
    return "{\"definitions\":{\"base\":{\"properties\":{%s}},\"custom\":{\"properties\":{%s}}}}"
        .formatted(base, more);
  }

  private static String mapping(String middleName) {
    return "{\"id\":\"prm1\",\"properties\":{\"email\":{\"expression\":\"appuser.email\"},\"firstName\":{\"expression\":\"appuser.firstName\"},\"lastName\":{\"expression\":\"source.lastName\"},\"secondEmail\":{\"expression\":\"appuser.secondEmail != null ? appuser.secondEmail : ''\"},\"middleName\":{\"expression\":\"%s\"}}}"
        .formatted(middleName);
  }

  private IdentitySourceCheck.Standing look() {
    return new IdentitySourceCheck(desk.settings, desk.sender, desk.clock).look();
  }

  @Test
  void aSourceThatIsWellIsSaidToBe() {
    IdentitySourceCheck.Standing standing = look();
    assertThat(standing.ok()).isTrue();
    assertThat(standing.said()).hasSize(5);
    assertThat(standing.said().getFirst()).contains(Desk.ID, "0 open sessions");
    assertThat(standing.said())
        .contains(
            "the app's profile has all 6 attributes",
            "every attribute is mapped to Okta's profile");
    assertThat(standing.said()).noneMatch(line -> line.contains("00SecretToken"));
    assertThat(okta.sent()).allMatch(sent -> sent.method().equals("GET"));
  }

  @Test
  void anAttributeThatTheAppLacksIsNamed() {
    okta.on(SCHEMA, says(200, schema(List.of())));
    IdentitySourceCheck.Standing standing = look();
    assertThat(standing.ok()).isFalse();
    assertThat(standing.said()).anyMatch(line -> line.contains("lacks middleName: add"));
  }

  @Test
  void anAttributeThatIsMappedToNothingIsNamedAndNoFailure() {
    okta.on("GET /api/v1/mappings/prm1", says(200, mapping("appuser.middleNames")));
    IdentitySourceCheck.Standing standing = look();
    assertThat(standing.ok()).isTrue();
    assertThat(standing.said()).last().asString().endsWith("as far as can be seen: middleName");
  }

  @Test
  void aMissingScopeIsNamed() {
    okta.on("GET /api/v1/users", error(403, "E0000006", "You do not have permission"));
    okta.on("GET /api/v1/logs", error(403, "E0000006", "You do not have permission"));
    IdentitySourceCheck.Standing standing = look();
    assertThat(standing.ok()).isFalse();
    assertThat(standing.said())
        .anyMatch(line -> line.contains("okta.users.read"))
        .anyMatch(line -> line.contains("okta.logs.read"));
  }

  @Test
  void whatMayNotBeLookedAtIsSaidAndNoFailure() {
    okta.on(SCHEMA, error(403, "E0000006", "You do not have permission"));
    okta.on("GET /api/v1/mappings", error(403, "E0000006", "You do not have permission"));
    IdentitySourceCheck.Standing standing = look();
    assertThat(standing.ok()).isTrue();
    assertThat(standing.said())
        .anyMatch(line -> line.contains("grant the scope okta.schemas.read"))
        .anyMatch(line -> line.contains("grant the scope okta.profileMappings.read"));
  }

  @Test
  void anAppThatIsNotThereEndsTheCheckWithTheSettingToLookAt() {
    okta.on("GET " + Desk.PATH, error(404, "E0000007", "Not found: Resource not found"));
    IdentitySourceCheck.Standing standing = look();
    assertThat(standing.ok()).isFalse();
    assertThat(standing.said()).singleElement().asString().contains("okta.identitySource");
    assertThat(okta.sent()).hasSize(1);
  }
}
