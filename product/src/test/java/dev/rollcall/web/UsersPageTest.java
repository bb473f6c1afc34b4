package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.access.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users and tokens on pages: what is done there is done, audited, and no secret is shown twice. */
class UsersPageTest {

  private static final String PASSWORD = "three quiet blue herons";
  private static final Pattern SECRET = Pattern.compile("id=\"secret\"[^>]*value=\"([^\"]+)\"");

  private static RunningService service;

  private final List<Browser> browsers = new ArrayList<>();

  @BeforeAll
  static void start() {
    service = RunningService.start();
    var users = service.service().access().users();
    users.changePassword("ada", users.add("ada", Role.ADMIN, false, "test").password(), PASSWORD);
    users.changePassword(
        "olaf", users.add("olaf", Role.OPERATOR, false, "test").password(), PASSWORD);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void shut() {
    browsers.forEach(Browser::close);
  }

  private Browser open() {
    Browser browser = new Browser(service.service().port());
    browsers.add(browser);
    return browser;
  }

  private Browser signedIn(String user) {
    Browser browser = open();
    browser.signIn(user, PASSWORD);
    return browser;
  }

  private static String shown(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String secret(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    Matcher secret = SECRET.matcher(shown(answer));
    assertThat(secret.find()).isTrue();
    return secret.group(1);
  }

  private static Map<String, String> user(String name, String role) {
    return Map.of("user", name, "role", role);
  }

  private static int status(String token) {
    return service
        .http()
        .exchange(
            RawHttp.request("GET", "/api/instances").header("Authorization", "Bearer " + token))
        .status();
  }

  @Test
  void whoIsAddedComesInWithThePasswordThatIsShownOnceAndHasToChangeIt() {
    Browser ada = signedIn("ada");
    String password = secret(ada.fillIn("/users", "/users", user("Newt", "viewer")));
    assertThat(shown(ada.get("/users")))
        .containsSubsequence(">newt<", "viewer", "never", "has to change the password")
        .doesNotContain(password);
    Browser newt = open();
    assertThat(Browser.location(newt.signIn("newt", password))).isEqualTo("/password");
    assertThat(
            service.texts(
                "select entry ->> 'by' from audit where kind = 'access-changed'"
                    + " and entry ->> 'user' = 'newt'"))
        .containsExactly("ada");
    assertThat(service.texts("select entry::text from audit")).noneMatch(e -> e.contains(password));
    assertThat(ada.fillIn("/users", "/users", user("newt", "viewer")).statusCode()).isEqualTo(409);
    assertThat(ada.fillIn("/users", "/users", user("no blank", "viewer")).statusCode())
        .isEqualTo(400);
    assertThat(ada.fillIn("/users", "/users", user("ok", "emperor")).statusCode()).isEqualTo(400);
  }

  @Test
  void aRoleAndTheRightAreChangedAndTheSessionEnds() {
    Browser ada = signedIn("ada");
    ada.fillIn("/users", "/users", user("roland", "viewer"));
    assertThat(shown(ada.get("/users/roland"))).contains("value=\"viewer\" checked");
    ada.fillIn(
        "/users/roland", "/users/roland/role", Map.of("role", "operator", "nationalIds", "true"));
    assertThat(shown(ada.get("/users/roland"))).contains("operator", "may see national ids");
    ada.fillIn("/users/roland", "/users/roland/role", Map.of("role", "operator"));
    assertThat(service.service().access().users().find("roland"))
        .hasValueSatisfying(user -> {
          assertThat(user.role()).isEqualTo(Role.OPERATOR);
          assertThat(user.nationalIds()).isFalse();
        });
  }

  @Test
  void aPasswordIsResetAndTheOldOneIsGoodNoMore() {
    Browser ada = signedIn("ada");
    String first = secret(ada.fillIn("/users", "/users", user("petra", "viewer")));
    String second = secret(ada.fillIn("/users/petra", "/users/petra/password", Map.of()));
    assertThat(second).isNotEqualTo(first);
    assertThat(open().signIn("petra", first).statusCode()).isEqualTo(401);
    assertThat(Browser.location(open().signIn("petra", second))).isEqualTo("/password");
  }

  @Test
  void whoIsDeactivatedIsPutOutAndComesInAgainWhenActivated() {
    Browser ada = signedIn("ada");
    Browser olaf = signedIn("olaf");
    shown(olaf.get("/"));
    ada.fillIn("/users/olaf", "/users/olaf/disable", Map.of());
    assertThat(shown(ada.get("/users"))).containsSubsequence(">olaf<", "deactivated");
    assertThat(olaf.get("/").statusCode()).isEqualTo(303);
    assertThat(open().signIn("olaf", PASSWORD).statusCode()).isEqualTo(401);
    ada.fillIn("/users/olaf", "/users/olaf/enable", Map.of());
    assertThat(Browser.location(open().signIn("olaf", PASSWORD))).isEqualTo("/");
  }

  @Test
  void theLastAdminStays() {
    service.service().access().users().disable("admin", true, "test");
    Browser ada = signedIn("ada");
    HttpResponse<String> answer = ada.fillIn("/users/ada", "/users/ada/disable", Map.of());
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("ada is the only admin left");
    service.service().access().users().disable("admin", false, "test");
  }

  @Test
  void aTokenIsShownOnceComesInUntilItIsRevokedAndSaysWhenItWasUsed() {
    Browser ada = signedIn("ada");
    assertThat(shown(ada.get("/users"))).contains("Create a token");
    String token =
        secret(
            ada.fillIn(
                "/users",
                "/tokens",
                Map.of("name", "portal", "role", "viewer", "last", "2098-12-31")));
    assertThat(shown(ada.get("/users")))
        .containsSubsequence(">portal<", "viewer", "1 Jan 2099", "never", ">ada<")
        .doesNotContain(token);
    assertThat(status(token)).isEqualTo(200);
    assertThat(shown(ada.get("/users")).split(">portal<", 2)[1].split("</tr>", 2)[0])
        .doesNotContain("never");
    ada.fillIn("/users", "/tokens/portal/revoke", Map.of());
    assertThat(status(token)).isEqualTo(401);
    assertThat(shown(ada.get("/users")).split(">portal<", 2)[1].split("</tr>", 2)[0])
        .contains(">revoked<")
        .doesNotContain("/tokens/portal/revoke");
    assertThat(
            service.texts(
                "select entry ->> 'did' from audit where entry ->> 'token' = 'portal' order by id"))
        .containsExactly("create token", "revoke token");
  }

  @Test
  void aTokenThatIsOverSaysSo() {
    service
        .service()
        .access()
        .tokens()
        .create("old", Role.VIEWER, true, java.time.Instant.parse("2098-01-01T00:00:00Z"), "test");
    service
        .database()
        .jdbc()
        .sql("update api_token set expires = now() - interval '1 second' where name = 'old'")
        .update();
    Browser ada = signedIn("ada");
    assertThat(shown(ada.get("/users")).split(">old<", 2)[1].split("</tr>", 2)[0])
        .contains("viewer, see national ids", ">expired<");
    for (String last : List.of("2001-01-01", "soon")) {
      assertThat(
              ada.fillIn("/users", "/tokens", Map.of("name", "x", "role", "viewer", "last", last))
                  .statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void whoeverIsNotAdminSeesNothingOfItAndNothingIsDoneWithoutTheForm() {
    Browser olaf = signedIn("olaf");
    assertThat(shown(olaf.get("/"))).doesNotContain("href=\"/users\"");
    assertThat(olaf.get("/users").statusCode()).isEqualTo(403);
    Map<String, String> fields = new HashMap<>(user("mallory", "admin"));
    fields.put("_csrf", olaf.proof("/password"));
    assertThat(olaf.post("/users", fields).statusCode()).isEqualTo(403);
    Browser ada = signedIn("ada");
    assertThat(shown(ada.get("/"))).contains("href=\"/users\"");
    assertThat(ada.post("/users", user("mallory", "admin")).statusCode()).isEqualTo(403);
    assertThat(ada.get("/users/nobody").statusCode()).isEqualTo(404);
    assertThat(service.service().access().users().find("mallory")).isEmpty();
  }
}
