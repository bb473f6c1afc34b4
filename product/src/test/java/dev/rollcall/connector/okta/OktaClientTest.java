package dev.rollcall.connector.okta;

import static dev.rollcall.connector.okta.ScriptedOkta.error;
import static dev.rollcall.connector.okta.ScriptedOkta.says;
import static dev.rollcall.connector.okta.Users.ANN;
import static dev.rollcall.connector.okta.Users.BOB;
import static dev.rollcall.connector.okta.Users.COHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.model.Account;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.MasteredElsewhere;
import dev.rollcall.testing.OktaDescription;
import dev.rollcall.testing.Shared;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, and what is made of what comes back. */
class OktaClientTest {

  private static final Value CLEARED = new Value.Cleared();

  private final Tenant tenant = new Tenant();
  private final ScriptedOkta okta = tenant.okta;

  @AfterEach
  void close() throws IOException {
    tenant.close();
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private static ConnectorException failure(ThrowingCallable call) {
    return Objects.requireNonNull(catchThrowableOfType(ConnectorException.class, call));
  }

  /** Every call there is, once. */
  private void everyCall() {
    okta.on("POST /api/v1/users", says(200, Users.ann("STAGED")));
    okta.on("GET /api/v1/users", says(200, Users.list(Users.ann("ACTIVE"))));
    okta.on("GET /api/v1/users/" + ANN, says(200, Users.ann("ACTIVE")));
    okta.on("GET /api/v1/users/ann%40univ.edu", says(200, Users.ann("ACTIVE")));
    okta.on("POST /api/v1/users/" + ANN, says(200, Users.ann("ACTIVE")));
    for (String operation : List.of("activate", "deactivate", "suspend", "unsuspend")) {
      okta.on("POST /api/v1/users/" + ANN + "/lifecycle/" + operation, says(200, "{}"));
    }
    okta.on("GET /api/v1/users/" + ANN + "/groups", says(200, "[]"));
    tenant.groups();
    okta.on("PUT /api/v1/groups/" + COHORT + "/users/" + ANN, says(204, ""));
    okta.on("DELETE /api/v1/groups/" + COHORT + "/users/" + ANN, says(204, ""));

    OktaClient client = tenant.client();
    client.create(
        Map.of("login", text("ann@univ.edu"), "email", text("ann@univ.edu"), "costCenter", CLEARED),
        List.of(COHORT));
    client.byId(ANN);
    client.byLogin("ann@univ.edu");
    client.byLogin("ann/lee@univ.edu");
    client.matching(Map.of("email", "ann@univ.edu"));
    client.update(ANN, Map.of("firstName", text("Ann"), "department", CLEARED));
    client.activate(ANN, false);
    client.deactivate(ANN);
    client.suspend(ANN);
    client.unsuspend(ANN);
    client.groupsNamed("Student Cohort");
    client.groupsOf(ANN);
    client.addMember(COHORT, ANN);
    client.removeMember(COHORT, ANN);
    client.leastRead();
  }

  @Test
  void everyRequestIsAsOktaDescribesIt() {
    OktaDescription description = new OktaDescription(Shared.needed(OktaDescription.FILE));
    everyCall();
    assertThat(okta.sent()).hasSize(15);
    assertThat(okta.sent())
        .allSatisfy(sent -> assertThat(description.violations(sent.asked())).isEmpty());
  }

  @Test
  void theDescriptionWouldTellAMistake() {
    OktaDescription description = new OktaDescription(Shared.needed(OktaDescription.FILE));
    assertThat(
            description.violations(
                new OktaDescription.Asked(
                    "POST", "/api/v1/users", "activate=no", "{\"groupIds\":\"one\"}")))
        .anyMatch(violation -> violation.contains("activate=no"))
        .anyMatch(violation -> violation.contains("profile"))
        .anyMatch(violation -> violation.contains("groupIds"));
    assertThat(
            description.violations(
                new OktaDescription.Asked(
                    "POST", "/api/v1/users/" + ANN, null, "{\"profile\":{\"email\":null}}")))
        .anyMatch(violation -> violation.contains("email"));
    assertThat(description.violations(new OktaDescription.Asked("PUT", "/api/v1/users", null, "")))
        .isNotEmpty();
  }

  @Test
  void everyCallIsDrawnFromTheBucketThatOktaCountsItIn() throws IOException {
    Map<String, String> buckets = buckets(Shared.needed("facts/okta-rate-limit-buckets.txt"));
    everyCall();
    List<String> expected =
        tenant.notes.calls.stream()
            .map(call ->
                call.method()
                    + " "
                    + call.path().replaceAll("00[ug][0-9a-z]{17}|ann%40univ.edu", "ID"))
            .map(buckets::get)
            .toList();
    assertThat(tenant.notes.calls).extracting(Call::bucket).containsExactlyElementsOf(expected);
    assertThat(expected).contains("/api/v1/users", "/api/v1/users/{id}", "/api/v1/groups");
  }

  private static Map<String, String> buckets(Path file) throws IOException {
    Map<String, String> buckets = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(" ", -1);
      if (parts.length == 3 && parts[0].startsWith("/")) {
        buckets.put(parts[1] + " " + parts[0], parts[2]);
      }
    }
    return buckets;
  }

  @Test
  void everyCallIsAskedForBeforeAndToldAfter() {
    everyCall();
    assertThat(tenant.notes.asked).hasSize(15);
    assertThat(tenant.notes.calls).hasSize(15);
    for (int i = 0; i < 15; i++) {
      Call call = tenant.notes.calls.get(i);
      boolean write = !call.method().equals("GET");
      assertThat(call.write()).isEqualTo(write);
      assertThat(tenant.notes.asked.get(i)).isEqualTo(call.bucket() + (write ? " write" : ""));
    }
  }

  @Test
  void everyRequestSaysWhoAsksAndWhatItSends() {
    everyCall();
    assertThat(okta.sent())
        .allSatisfy(sent -> {
          assertThat(sent.headers().get("authorization")).isEqualTo("SSWS " + Tenant.TOKEN);
          assertThat(sent.headers().get("user-agent")).startsWith("Rollcall");
          assertThat(sent.headers().get("accept")).isEqualTo("application/json");
          assertThat(sent.headers().get("content-type")).isEqualTo("application/json");
        });
  }

  @Test
  void aPostOrPutWithoutABodySaysThatItsLengthIsNothing() {
    everyCall();
    assertThat(okta.sent())
        .filteredOn(sent -> sent.method().matches("POST|PUT") && sent.body().isEmpty())
        .hasSize(5)
        .allSatisfy(sent -> assertThat(sent.headers().get("content-length")).isEqualTo("0"));
  }

  @Test
  void nobodyIsEmailed() {
    everyCall();
    assertThat(okta.lines())
        .contains(
            "POST /api/v1/users?activate=false",
            "POST /api/v1/users/" + ANN + "/lifecycle/activate?sendEmail=false",
            "POST /api/v1/users/" + ANN + "/lifecycle/deactivate?sendEmail=false");
  }

  @Test
  void whatIsClearedIsNullOnTheWireAndWhatIsAbsentIsAbsent() {
    okta.on("POST /api/v1/users/" + ANN, says(200, Users.ann("ACTIVE")));
    tenant
        .client()
        .update(ANN, new TreeMap<>(Map.of("firstName", text("Zoë \"Z\""), "mobilePhone", CLEARED)));
    assertThat(okta.last().body())
        .isEqualTo("{\"profile\":{\"firstName\":\"Zoë \\\"Z\\\"\",\"mobilePhone\":null}}");
  }

  @Test
  void aNewUserIsAtOnceInItsGroups() {
    okta.on("POST /api/v1/users", says(200, Users.ann("STAGED")));
    tenant
        .client()
        .create(
            new TreeMap<>(Map.of("login", text("ann@univ.edu"), "mobilePhone", CLEARED)),
            List.of(COHORT));
    assertThat(okta.last().body())
        .isEqualTo(
            "{\"profile\":{\"login\":\"ann@univ.edu\",\"mobilePhone\":null},\"groupIds\":[\"%s\"]}"
                .formatted(COHORT));
  }

  @Test
  void pagesAreReadToTheLastOneOverTheHostOfTheSettings() {
    // The links name Okta's own host, one header line for each.
    okta.on(
        "GET /api/v1/users",
        says(
            200,
            Users.list(Users.ann("ACTIVE")),
            "Link",
            "<https://elsewhere.example.com/api/v1/users?search=x&limit=200>; rel=\"self\"",
            "Link",
            "<https://elsewhere.example.com/api/v1/users?after=c1&search=x&limit=200>; rel=\"next\""),
        says(
            200,
            Users.list(Users.user(BOB, "ACTIVE", "login", "bob@univ.edu")),
            "Link",
            "<https://elsewhere.example.com/api/v1/users?after=c1&limit=200>; rel=\"self\""));
    assertThat(tenant.client().matching(Map.of("email", "x@univ.edu")))
        .extracting(OktaUser::id)
        .containsExactly(ANN, BOB);
    assertThat(okta.lines()).element(1).isEqualTo("GET /api/v1/users?after=c1&search=x&limit=200");
  }

  @Test
  void pagesThatGoInACircleAreNotReadForEver() {
    okta.on(
        "GET /api/v1/users",
        says(200, "[]", "Link", "<https://x.example.com/api/v1/users?after=c1>; rel=\"next\""));
    assertThat(failure(() -> tenant.client().matching(Map.of("email", "x"))).kind())
        .isEqualTo(ErrorKind.UNREADABLE);
    assertThat(okta.sent()).hasSize(2);
  }

  @Test
  void whatIsSearchedForCannotBecomePartOfTheExpression() {
    okta.on("GET /api/v1/users", says(200, "[]"));
    tenant.client().matching(Map.of("email", "a\" or status eq \"ACTIVE\\ +&é"));
    String query = Objects.requireNonNull(okta.last().query());
    assertThat(URLDecoder.decode(query, StandardCharsets.UTF_8))
        .isEqualTo("search=profile.email eq \"a\\\" or status eq \\\"ACTIVE\\\\ +&é\"&limit=200");
    assertThat(
            failure(() -> tenant.client().matching(Map.of("email eq \"\" or login", "x"))).kind())
        .isEqualTo(ErrorKind.INVALID);
    assertThat(okta.sent()).hasSize(1);
  }

  @Test
  void aUserIsFoundByLoginHoweverItIsWrittenAndNobodyElse() {
    okta.on("GET /api/v1/users/ANN%40univ.edu", says(200, Users.ann("DEPROVISIONED")));
    assertThat(tenant.client().byLogin("ANN@univ.edu"))
        .hasValueSatisfying(user -> assertThat(user.status()).isEqualTo("DEPROVISIONED"));

    // Okta also answers to the part before the @; that is not the login.
    okta.on("GET /api/v1/users/annie", says(200, Users.ann("ACTIVE")));
    assertThat(tenant.client().byLogin("annie")).isEmpty();
    // Whoever has the token.
    assertThat(tenant.client().byLogin("me")).isEmpty();
    assertThat(okta.sent()).hasSize(2);

    okta.on(
        "GET /api/v1/users/isaac.brock%40univ.edu",
        says(200, Users.user(BOB, "ACTIVE", "login", "Isáàc.Bröck@univ.edu")));
    assertThat(tenant.client().byLogin("isaac.brock@univ.edu")).isPresent();
  }

  @Test
  void anIdThatIsALoginFindsNobody() {
    okta.on("GET /api/v1/users/annleelogin1", says(200, Users.ann("ACTIVE")));
    assertThat(tenant.client().byId("annleelogin1")).isEmpty();
  }

  @Test
  void aGroupIsTheOneWithThisVeryName() {
    tenant.groups(
        Users.group("00g9", "student cohort", "OKTA_GROUP"),
        Users.group(COHORT, "Student Cohort", "OKTA_GROUP"));
    assertThat(tenant.client().groupsNamed("Student Cohort"))
        .containsExactly(new OktaGroup(COHORT, "Student Cohort", "OKTA_GROUP"));
  }

  @Test
  void whatIsNotKnownHereIsPassedOverAndNullIsNothing() {
    okta.on(
        "GET /api/v1/users/" + ANN,
        says(
            200,
            """
            {"id":"%s","status":"BRAND_NEW","new":{"x":[1]},"profile":{"login":"a@b.c","mobilePhone":null,
             "blank":"  ","number":7,"flag":true,"list":["a","b"]}}
            """
                .formatted(ANN)));
    OktaUser user = tenant.client().byId(ANN).orElseThrow();
    assertThat(user.profile())
        .containsOnly(
            Map.entry("login", "a@b.c"),
            Map.entry("number", "7"),
            Map.entry("flag", "true"),
            Map.entry("list", "[\"a\",\"b\"]"));
    assertThat(user.account(Set.of()).status()).isEqualTo(Account.Status.ENABLED);
  }

  @ParameterizedTest
  @CsvSource({
    "400, E0000001, INVALID",
    "400, E0000003, INVALID",
    "401, E0000011, REFUSED_CREDENTIALS",
    "401, E0000004, REFUSED_CREDENTIALS",
    "401, E0000015, REFUSED_CREDENTIALS",
    "403, E0000006, INVALID",
    "403, E0000016, CONFLICT",
    "403, E0000038, CONFLICT",
    "404, E0000007, NOT_FOUND",
    "404, E0000008, INVALID",
    "405, E0000022, INVALID",
    "409, E0000112, UNAVAILABLE",
    "409, E0000055, CONFLICT",
    "423, E0000239, UNAVAILABLE",
    "429, E0000047, RATE_LIMITED",
    "500, E0000009, UNAVAILABLE",
    "503, E0000010, UNAVAILABLE"
  })
  void everyErrorIsOfAKind(int status, String code, ErrorKind kind) {
    okta.on("POST /api/v1/users/" + ANN, error(status, code, "It is so", "because", "and so"));
    ConnectorException failure =
        failure(() -> tenant.client().update(ANN, Map.of("city", text("Ghent"))));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageContaining("POST /api/v1/users/" + ANN)
        .hasMessageContaining("HTTP %d %s It is so (because; and so)".formatted(status, code))
        .hasMessageContaining("request reqX, error oaeXLBDOHiOSPK_cztr6YyG8Q");
    assertThat(okta.sent()).hasSize(1);
    assertThat(tenant.notes.calls)
        .singleElement()
        .satisfies(call -> {
          assertThat(call.status()).isEqualTo(status);
          assertThat(call.said()).contains(code, "because");
          assertThat(call.requestId()).isEqualTo("reqX");
        });
  }

  @Test
  void aProfileThatIsMasteredElsewhereIsToldApart() {
    okta.on(
        "POST /api/v1/users/" + ANN,
        error(
            403,
            "E0000023",
            "Operation failed because user profile is mastered under another system"));
    assertThat(failure(() -> tenant.client().update(ANN, Map.of("city", text("Ghent")))))
        .isInstanceOf(MasteredElsewhere.class)
        .hasMessageContaining("mastered under another system");
  }

  @Test
  void aLoginThatIsTakenIsAConflict() {
    okta.on(
        "POST /api/v1/users",
        error(
            400,
            "E0000001",
            "Api validation failed: login",
            "login: An object with this field already exists in the current organization"));
    assertThat(
            failure(() -> tenant.client().create(Map.of("login", text("ann@univ.edu")), List.of()))
                .kind())
        .isEqualTo(ErrorKind.CONFLICT);
  }

  @Test
  void aRightThatIsMissingForEverybodyIsAboutTheCredentials() {
    okta.on("GET /api/v1/users", error(403, "E0000006", "You do not have permission"));
    assertThat(failure(() -> tenant.client().leastRead()).kind())
        .isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
    // A missing scope is answered without a body; why stands in a header.
    okta.on(
        "GET /api/v1/users/" + ANN,
        says(
            403,
            "",
            "WWW-Authenticate",
            "Bearer authorization_uri=\"http://x/oauth2/v1/authorize\", error=\"insufficient_scope\", error_description=\"The access token provided does not contain the required scopes.\""));
    ConnectorException failure = failure(() -> tenant.client().byId(ANN));
    assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
    assertThat(failure)
        .hasMessageContaining("insufficient_scope The access token provided does not contain");
  }

  @Test
  void notFoundThatOktaDidNotSayProvesNothing() {
    okta.on("GET /api/v1/users/" + ANN, says(404, "<html>no such\n host</html>"));
    ConnectorException failure = failure(() -> tenant.client().byId(ANN));
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNREADABLE);
    assertThat(failure)
        .hasMessageContaining("<html>no such host</html>")
        .hasMessageContaining("base URL");
    okta.on("GET /api/v1/users/" + ANN, says(302, "", "Location", "https://login.example.com"));
    assertThat(failure(() -> tenant.client().byId(ANN)).kind()).isEqualTo(ErrorKind.UNREADABLE);
  }

  @Test
  void halfAnAnswerIsNone() {
    okta.on("GET /api/v1/users/" + ANN, new ScriptedOkta.Answer.Half(Users.ann("ACTIVE")));
    assertThat(failure(() -> tenant.client().byId(ANN)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(tenant.notes.calls)
        .singleElement()
        .satisfies(call -> {
          assertThat(call.status()).isNull();
          assertThat(call.room()).isNull();
          assertThat(call.said()).isNotBlank();
        });
    okta.on("GET /api/v1/users/" + ANN, says(200, Users.ann("ACTIVE").substring(0, 70)));
    assertThat(failure(() -> tenant.client().byId(ANN)).kind()).isEqualTo(ErrorKind.UNREADABLE);
    okta.on("GET /api/v1/users/" + ANN, says(200, "{}"));
    assertThat(failure(() -> tenant.client().byId(ANN)).kind()).isEqualTo(ErrorKind.UNREADABLE);
    okta.on("GET /api/v1/users", says(200, "{}"));
    assertThat(failure(() -> tenant.client().matching(Map.of("email", "x"))).kind())
        .isEqualTo(ErrorKind.UNREADABLE);
  }

  @Test
  void nothingIsSentTwiceByItself() {
    for (ScriptedOkta.Answer answer :
        List.of(new ScriptedOkta.Answer.None(), says(503, "busy"), says(429, ""))) {
      okta.forget();
      okta.on("POST /api/v1/users", answer);
      failure(() -> tenant.client().create(Map.of("login", text("ann@univ.edu")), List.of()));
      assertThat(okta.sent()).hasSize(1);
    }
  }

  @Test
  void whoDoesNotAnswerIsAwayAfterTheWaitingTime() throws IOException {
    try (Tenant impatient = new Tenant(Duration.ofMillis(300))) {
      impatient.okta.on("GET /api/v1/users/" + ANN, new ScriptedOkta.Answer.Silence());
      assertThat(failure(() -> impatient.client().byId(ANN)).kind())
          .isEqualTo(ErrorKind.UNAVAILABLE);
      assertThat(impatient.notes.calls)
          .singleElement()
          .satisfies(
              call -> assertThat(call.took()).isGreaterThanOrEqualTo(Duration.ofMillis(250)));
    }
  }

  @Test
  void theRoomThatIsLeftIsTold() {
    okta.on(
        "GET /api/v1/users/" + ANN,
        says(
            200,
            Users.ann("ACTIVE"),
            "X-Rate-Limit-Limit",
            "300",
            "x-rate-limit-remaining",
            "299",
            "X-RATE-LIMIT-RESET",
            "1773292972"));
    tenant.client().byId(ANN);
    Call.Room room = Objects.requireNonNull(tenant.notes.calls.getLast().room());
    assertThat(room.limit()).isEqualTo(300);
    assertThat(room.remaining()).isEqualTo(299);
    assertThat(room.resets()).isEqualTo(Instant.ofEpochSecond(1773292972));
  }

  @Test
  void allThatIsSaidOfTheRoomIsOnOktasClock() {
    Map<String, String> headers = new HashMap<>();
    headers.put("date", "Thu, 12 Mar 2026 05:22:09 GMT");
    headers.put("x-rate-limit-limit", "0");
    headers.put("x-rate-limit-remaining", "0");
    headers.put("x-rate-limit-reset", "1773292972");
    Call.Room room = Objects.requireNonNull(OktaHeaders.room(headers));
    assertThat(room.at()).isEqualTo(Instant.parse("2026-03-12T05:22:09Z"));
    assertThat(room.tooManyAtOnce()).isTrue();
    headers.put("x-rate-limit-limit", "many");
    assertThat(OktaHeaders.room(headers)).isNull();
    headers.remove("x-rate-limit-limit");
    assertThat(OktaHeaders.room(headers)).isNull();
  }

  @Test
  void whatIsNotLetThroughIsNotSent() {
    tenant.notes.letThrough(0);
    assertThat(catchThrowableOfType(ErrandOver.class, () -> tenant.client().byId(ANN))).isNotNull();
    assertThat(okta.sent()).isEmpty();
    assertThat(tenant.notes.calls).isEmpty();
  }

  @Test
  void theTokenIsNeverShown() {
    okta.on("GET /api/v1/users/" + ANN, says(500, "debug: Authorization: SSWS " + Tenant.TOKEN));
    ConnectorException failure = failure(() -> tenant.client().byId(ANN));
    assertThat(failure).hasMessageContaining("SSWS (hidden)").hasMessageNotContaining(Tenant.TOKEN);
    assertThat(tenant.notes.calls.toString()).doesNotContain(Tenant.TOKEN);
    assertThat(tenant.settings().toString()).doesNotContain(Tenant.TOKEN);
    assertThat(new Pass("SSWS", Tenant.TOKEN, null).toString()).doesNotContain(Tenant.TOKEN);
  }
}
