package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.access.Role;
import dev.rollcall.access.Users;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Coming in with a browser, over real HTTP. */
class SignInTest {

  private static final String PASSWORD = "three quiet blue herons";
  private static final String SESSION = "rollcall-session";

  private static RunningService service;
  private static int number;

  private Browser browser = new Browser(1);
  private String user = "";

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void open() {
    browser = new Browser(service.service().port());
    user = somebody(Role.OPERATOR);
  }

  @AfterEach
  void shut() {
    browser.close();
    service.database().jdbc().sql("delete from sign_in_attempt").update();
  }

  private static Users users() {
    return service.service().access().users();
  }

  /** A user whose password was changed as it has to be. */
  private static String somebody(Role role) {
    String name = "user" + ++number;
    users().changePassword(name, fresh(name, role), PASSWORD);
    return name;
  }

  private static String fresh(String name, Role role) {
    return users().add(name, role, false, "test").password();
  }

  @Test
  void whoeverIsNotSignedInIsAskedToAndComesBackToThePage() {
    HttpResponse<String> refused = browser.get("/?a=1&b=%2F");
    assertThat(refused.statusCode()).isEqualTo(303);
    assertThat(Browser.location(refused)).isEqualTo("/sign-in?next=%2F%3Fa%3D1%26b%3D%252F");

    String form = browser.get(Browser.location(refused)).body();
    assertThat(form).contains("name=\"next\" value=\"/?a=1&amp;b=%2F\"");

    HttpResponse<String> in =
        browser.fillIn(
            "/sign-in",
            "/sign-in",
            Map.of("user", user, "password", PASSWORD, "next", "/?a=1&b=%2F"));
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(Browser.location(in)).isEqualTo("/?a=1&b=%2F");
    assertThat(browser.get("/").body()).contains(user, "operator", "Sign out");
  }

  @Test
  void theCookieIsForNoScriptAndNoOtherSiteAndHoldsNothing() {
    HttpResponse<String> in = browser.signIn(user, PASSWORD);
    assertThat(in.headers().allValues("Set-Cookie"))
        .anySatisfy(cookie ->
            assertThat(cookie)
                .matches("rollcall-session=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax"));
  }

  @Test
  void aNewSessionBeginsWithEachSignIn() {
    browser.signIn(user, PASSWORD);
    String first = browser.cookie(SESSION);
    browser.signIn(user, PASSWORD);
    assertThat(browser.cookie(SESSION)).isNotEqualTo(first).isNotEmpty();

    HttpResponse<String> before =
        new Browser(service.service().port()).get("/", "Cookie", SESSION + "=" + first);
    assertThat(before.statusCode()).isEqualTo(303);
  }

  @Test
  void aSessionThatSomebodyPlantedIsNotTakenOver() {
    Browser victim = new Browser(service.service().port());
    try (victim) {
      HttpResponse<String> page = victim.get("/sign-in", "Cookie", SESSION + "=" + "a".repeat(43));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(victim.signIn(user, PASSWORD).statusCode()).isEqualTo(303);
      assertThat(victim.cookie(SESSION)).isNotEqualTo("a".repeat(43));
    }
  }

  @Test
  void aSessionIsGoodOnEveryProcessOfTheDatabase() {
    browser.signIn(user, PASSWORD);
    try (RunningService other = service.another();
        Browser there = browser.at(other.service().port())) {
      assertThat(there.get("/").statusCode()).isEqualTo(200);
      assertThat(there.fillIn("/", "/sign-out", Map.of()).statusCode()).isEqualTo(303);
    }
    assertThat(browser.get("/").statusCode()).isEqualTo(303);
  }

  @Test
  void whoGoesOutIsOut() {
    browser.signIn(user, PASSWORD);
    String session = browser.cookie(SESSION);
    assertThat(Browser.location(browser.fillIn("/", "/sign-out", Map.of()))).isEqualTo("/sign-in");
    assertThat(browser.cookie(SESSION)).isEmpty();
    try (Browser thief = new Browser(service.service().port())) {
      assertThat(thief.get("/", "Cookie", SESSION + "=" + session).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void wrongNameAndWrongPasswordAreAnsweredAlike() {
    HttpResponse<String> wrong = browser.signIn(user, "not the password");
    HttpResponse<String> unknown = browser.signIn("nobody-here", "not the password");
    assertThat(wrong.statusCode()).isEqualTo(401).isEqualTo(unknown.statusCode());
    assertThat(wrong.body()).contains("The name or the password is not right.");
    assertThat(without(wrong.body(), user)).isEqualTo(without(unknown.body(), "nobody-here"));
    assertThat(browser.cookie(SESSION)).isEmpty();
  }

  private static String without(String page, String name) {
    return page.replace(name, "NAME").replaceAll("value=\"[\\w-]{80,}={0,2}\"", "");
  }

  @Test
  void whoTriesTooOftenIsToldHowLongToWait() {
    HttpResponse<String> answer = browser.signIn("nobody-here", "not the password");
    for (int i = 0; i < 10; i++) {
      answer = browser.signIn("nobody-here", "not the password");
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("8\\d\\d|900");
    assertThat(answer.body()).contains("Too many attempts have failed. Try again in 15 minutes.");
  }

  @Test
  void aPasswordThatWasMadeIsChangedBeforeAnythingElse() {
    String name = "fresh" + ++number;
    String fresh = fresh(name, Role.ADMIN);
    assertThat(Browser.location(browser.signIn(name, fresh))).isEqualTo("/password");
    assertThat(Browser.location(browser.get("/"))).isEqualTo("/password?next=%2F");
    HttpResponse<String> api = browser.get("/api/users", "Accept", "application/json");
    assertThat(api.statusCode()).isEqualTo(403);
    assertThat(api.body()).contains("The password has to be changed first");

    HttpResponse<String> different = changePassword(fresh, PASSWORD, PASSWORD + "x");
    assertThat(different.statusCode()).isEqualTo(400);
    assertThat(different.body()).contains("not typed the same twice");
    HttpResponse<String> tooShort = changePassword(fresh, "short", "short");
    assertThat(tooShort.body()).contains("The password needs at least 12 characters.");

    String before = browser.cookie(SESSION);
    assertThat(Browser.location(changePassword(fresh, PASSWORD, PASSWORD))).isEqualTo("/");
    assertThat(browser.cookie(SESSION)).isNotEqualTo(before);
    assertThat(browser.get("/").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> changePassword(String old, String password, String again) {
    return browser.fillIn(
        "/password", "/password", Map.of("old", old, "password", password, "again", again));
  }

  @Test
  void anotherPasswordEndsTheSessionsElsewhere() {
    try (Browser elsewhere = new Browser(service.service().port())) {
      elsewhere.signIn(user, PASSWORD);
      browser.signIn(user, PASSWORD);
      changePassword(PASSWORD, "some other long words", "some other long words");
      assertThat(browser.get("/").statusCode()).isEqualTo(200);
      assertThat(elsewhere.get("/").statusCode()).isEqualTo(303);
    }
  }

  @Test
  void anotherRoleCountsAtOnce() {
    browser.signIn(user, PASSWORD);
    users().allow(user, Role.VIEWER, null, "test");
    assertThat(browser.get("/").statusCode()).isEqualTo(303);
    browser.signIn(user, PASSWORD);
    HttpResponse<String> act =
        browser.post(
            "/api/events/1/retry",
            Map.of(),
            "X-CSRF-TOKEN",
            browser.proof("/"),
            "Accept",
            "application/json");
    assertThat(act.statusCode()).isEqualTo(403);
    assertThat(act.body()).contains("This needs the role operator; " + user + " is viewer");
  }

  @Test
  void aFormThatWasNotOursDoesNothing() {
    browser.signIn(user, PASSWORD);
    String session = browser.cookie(SESSION);
    for (HttpResponse<String> forged :
        List.of(
            browser.post("/sign-out", Map.of()),
            browser.post("/sign-out", Map.of("_csrf", "made-up")),
            browser.post("/sign-out", Map.of("_csrf", session)),
            browser.post("/password", Map.of("old", PASSWORD)),
            browser.post("/api/events/1/retry", Map.of()),
            browser.post("/api/instances/campus/resync", Map.of()))) {
      assertThat(forged.statusCode()).isEqualTo(403);
    }
    assertThat(browser.get("/").statusCode()).isEqualTo(200);

    try (Browser other = new Browser(service.service().port())) {
      String foreign = other.proof("/sign-in");
      assertThat(browser.post("/sign-out", Map.of("_csrf", foreign)).statusCode()).isEqualTo(403);
      assertThat(other.post("/sign-in", Map.of("user", user, "password", PASSWORD)).statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void aFormOfOursDoesIt() {
    browser.signIn(user, PASSWORD);
    HttpResponse<String> asked =
        browser.post("/api/events/1/retry", Map.of(), "X-CSRF-TOKEN", browser.proof("/"));
    assertThat(asked.statusCode()).isEqualTo(404);
    assertThat(asked.body()).contains("There is no event 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil",
        "evil",
        "/a\r\nSet-Cookie: x=y",
        "javascript:alert(1)",
        "/\t/evil.example"
      })
  void nobodyIsSentElsewhereAfterSigningIn(String next) {
    HttpResponse<String> in =
        browser.fillIn(
            "/sign-in", "/sign-in", Map.of("user", user, "password", PASSWORD, "next", next));
    assertThat(Browser.location(in)).isEqualTo("/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /sign-in | 200
          /nothing | 303
          /api/events | 401
          /health | 200
          """)
  void everyAnswerCarriesTheHeadersThatKeepABrowserSafe(String path, int status) {
    HttpResponse<String> answer = browser.get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
  }

  @Test
  void aPartOfAPageThatIsFetchedIsSentToTheSignInAsAWhole() {
    HttpResponse<String> part = browser.get("/", "HX-Request", "true");
    assertThat(part.statusCode()).isEqualTo(401);
    assertThat(part.headers().firstValue("HX-Redirect")).contains("/sign-in?next=%2F");
  }

  @Test
  void whatIsMissingAndWhatIsForbiddenArePagesForABrowser() {
    browser.signIn(user, PASSWORD);
    HttpResponse<String> missing = browser.get("/nothing");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("<h1>There is nothing here</h1>");
    HttpResponse<String> forged = browser.post("/sign-out", Map.of());
    assertThat(forged.body()).contains("<h1>You may not do this</h1>");
  }

  @Test
  void whoDidSomethingIsWrittenBesideIt() {
    assertThat(service.send(CampusXml.person("W01", "Zoë")).status()).isEqualTo(200);
    service.settle();
    long event = service.number("select max(id) from event where subject = 'W01'");
    browser.signIn(user, PASSWORD);
    browser.post("/api/events/" + event + "/retry", Map.of(), "X-CSRF-TOKEN", browser.proof("/"));
    assertThat(service.texts("select entry->>'by' from audit where kind = 'requested'"))
        .contains(user);
  }
}
