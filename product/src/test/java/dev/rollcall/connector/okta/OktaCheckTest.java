package dev.rollcall.connector.okta;

import static dev.rollcall.connector.okta.ScriptedOkta.error;
import static dev.rollcall.connector.okta.ScriptedOkta.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a tenant lets Rollcall in, and what the settings of one may say. */
class OktaCheckTest {

  private final Tenant tenant = new Tenant();

  @AfterEach
  void close() throws IOException {
    tenant.close();
  }

  private OktaCheck.Standing look() {
    return new OktaCheck(tenant.settings(), tenant.sender, tenant.clock).look();
  }

  @Test
  void aTenantThatLetsUsInIsSaidToBeWell() {
    tenant.okta.on(
        "GET /api/v1/users",
        says(
            200,
            "[]",
            "X-Rate-Limit-Limit",
            "300",
            "X-Rate-Limit-Remaining",
            "299",
            "X-Rate-Limit-Reset",
            "1773292972"));
    OktaCheck.Standing standing = look();
    assertThat(standing.ok()).isTrue();
    assertThat(standing.reason())
        .contains("localhost", "300 calls a minute")
        .doesNotContain(Tenant.TOKEN);
    assertThat(tenant.okta.lines()).containsExactly("GET /api/v1/users?limit=1");
  }

  @Test
  void aTokenThatIsRefusedIsSaidWithTheWayOut() {
    tenant.okta.on("GET /api/v1/users", error(401, "E0000011", "Invalid token provided"));
    OktaCheck.Standing standing = look();
    assertThat(standing.ok()).isFalse();
    assertThat(standing.reason()).contains("E0000011", "look at the token");
    tenant.okta.on("GET /api/v1/users", error(403, "E0000006", "You do not have permission"));
    assertThat(look().reason()).contains("E0000006", "the scope and the role");
  }

  @Test
  void aTenantThatIsAwayIsSaidToBe() {
    tenant.okta.on("GET /api/v1/users", new ScriptedOkta.Answer.None());
    assertThat(look().ok()).isFalse();
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    OktaAuth auth = new OktaAuth.ApiToken("t");
    for (String url :
        Set.of("ftp://x.okta.com", "https://u:p@x.okta.com", "https://x.okta.com?a=b", "https:x")) {
      assertThatThrownBy(() -> OktaSettings.of(URI.create(url), auth, "employeeNumber", Set.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("u:p");
    }
    assertThatThrownBy(
            () -> OktaSettings.of(URI.create("https://x.okta.com"), auth, "a b", Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new OktaSettings(
                URI.create("https://x.okta.com"), auth, "a", Set.of(), true, false, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OktaAuth.ApiToken(" "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            OktaSettings.of(URI.create("https://x.okta.com/"), auth, "a", Set.of())
                .address("/api/v1/users", "limit=1"))
        .hasToString("https://x.okta.com/api/v1/users?limit=1");
  }
}
