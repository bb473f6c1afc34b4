package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class UsersTest {
  private final Calling calling;

  UsersTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void somebodyIsCreatedStagedAsRecorded() {
    Answer answer = calling.post("/users?activate=false", Calling.person("one"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().propertyNames())
        .containsExactly(
            "id",
            "status",
            "created",
            "activated",
            "statusChanged",
            "lastLogin",
            "lastUpdated",
            "passwordChanged",
            "type",
            "profile",
            "credentials",
            "_links");
    assertThat(answer.json().path("id").asString()).matches("00u[0-9A-Za-z]{17}");
    assertThat(answer.json().path("created").asString()).isEqualTo("2026-03-01T10:00:00.000Z");
    assertThat(answer.json().path("profile").toString())
        .isEqualTo(
            "{'firstName':'F','lastName':'L','mobilePhone':null,'secondEmail':null,"
                    .replace('\'', '"')
                + "\"login\":\"one@x.edu\",\"email\":\"one@x.edu\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "?activate=false                         | ``                           | STAGED",
        "                                        | ``                           | PROVISIONED",
        "                                        | 'password':{'value':'Abcd1234'} | ACTIVE",
        "?activate=false                         | 'password':{'value':'Abcd1234'} | STAGED",
        "?nextLogin=changePassword               | 'password':{'value':'Abcd1234'} | PASSWORD_EXPIRED",
        "?provider=true                          | 'provider':{'type':'FEDERATION','name':'F'} | ACTIVE",
        "?nextLogin=changePassword               | ``                           | E0000124",
        "?nextLogin=changePassword&activate=false | 'password':{'value':'Abcd1234'} | E0000125",
      })
  void whereSomebodyStandsComesFromHowTheyAreCreated(
      String query, String credentials, String outcome) {
    Answer answer =
        calling.post(
            "/users" + (query == null ? "" : query),
            Calling.person("one").replaceFirst("}$", ",'credentials':{" + credentials + "}}"));

    assertThat(outcome).isIn(answer.code(), answer.json().path("status").asString(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'notValid':'x'          | newUser   | Property name 'notValid' is not defined in profile",
        "'firstName':null        | firstName | firstName: The field cannot be left blank",
        "'lastName':''           | lastName  | lastName: The field cannot be left blank",
        "'login':'plain'         | login     | login: Username must be in the form of an email address",
        "'email':'no at'         | email     | email: Does not match required pattern",
        "'secondEmail':'x'       | secondEmail | secondEmail: Does not match required pattern",
        "'countryCode':'USA'     | countryCode | countryCode: The field is too long",
        "'countryCode':'us'      | countryCode | countryCode: Does not match required pattern",
        "'title':7               | title     | title: Does not match required pattern",
        "'firstName':'A\uD83D\uDE00' | firstName | firstName: The field contains characters that are not supported",
      })
  void aProfileKeepsTheRules(String override, String summary, String cause) {
    String key = override.split(":", 2)[0];
    String person = Calling.person("one").replaceFirst(key + ":'[^']*',?", "");
    Answer answer =
        calling.post(
            "/users",
            person
                .replaceFirst(
                    "'profile':\\{", "'profile':{" + Matcher.quoteReplacement(override) + ",")
                .replace(",}", "}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("E0000001");
    assertThat(answer.json().path("errorSummary").asString())
        .isEqualTo("Api validation failed: " + summary);
    assertThat(answer.cause()).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "firstName, 50",
    "lastName, 50",
    "mobilePhone, 100",
    "primaryPhone, 100",
    "city, 128",
    "state, 128",
    "streetAddress, 1024",
    "postalAddress, 4096",
    "zipCode, 50"
  })
  void aValueHasAGreatestLength(String property, int max) {
    String user = calling.staged("one");

    assertThat(update(user, property, "é".repeat(max)).status()).isEqualTo(200);
    assertThat(update(user, property, "é".repeat(max + 1)).cause())
        .isEqualTo(property + ": The field is too long");
  }

  @Test
  void twoMistakesAreTwoCauses() {
    Answer answer =
        calling.post(
            "/users",
            "{'profile':{'login':'plain','email':'plain','firstName':'F','lastName':'L'}}");

    assertThat(answer.json().path("errorSummary").asString())
        .isEqualTo("Api validation failed: login");
    assertThat(answer.json().path("errorCauses").size()).isEqualTo(2);
  }

  @Test
  void aLoginIsOneWhateverItsCaseAndAccents() {
    calling.staged("isaac.brock");

    Answer again = calling.post("/users", Calling.person("ISÁÀC.bröck"));

    assertThat(again.status()).isEqualTo(400);
    assertThat(again.json().path("errorSummary").asString())
        .isEqualTo("Api validation failed: login");
    assertThat(again.cause())
        .isEqualTo("login: An object with this field already exists in the current organization");
    assertThat(calling.get("/users/Isaac.Brock@X.EDU").status()).isEqualTo(200);
    assertThat(calling.get("/users/isaac.brock").status()).isEqualTo(200);
  }

  @Test
  void aRenameFreesTheOldLogin() {
    String user = calling.staged("before");
    update(user, "login", "after@x.edu");

    assertThat(calling.get("/users/before@x.edu").status()).isEqualTo(404);
    assertThat(calling.get("/users/after@x.edu").json().path("id").asString()).isEqualTo(user);
    assertThat(calling.staged("before")).isNotEqualTo(user);
  }

  @Test
  void aPostChangesWhatItNamesAndClearsWhatIsNull() {
    String user = calling.staged("one");
    calling.post("/users/" + user, "{'profile':{'title':'T','city':'C','mobilePhone':'1'}}");

    Answer answer = calling.post("/users/" + user, "{'profile':{'title':null,'city':'D'}}");

    JsonNode profile = answer.json().path("profile");
    assertThat(profile.has("title")).isFalse();
    assertThat(profile.path("city").asString()).isEqualTo("D");
    assertThat(profile.path("mobilePhone").asString()).isEqualTo("1");
    assertThat(calling.post("/users/" + user, "{'profile':{'lastName':null}}").status())
        .isEqualTo(400);
  }

  @Test
  void aPutDropsWhatItDoesNotName() {
    String user = calling.staged("one");
    calling.post("/users/" + user, "{'profile':{'title':'T','mobilePhone':'1'}}");

    Answer answer = calling.put("/users/" + user, Calling.person("one"));

    assertThat(answer.json().path("profile").has("title")).isFalse();
    assertThat(answer.json().path("profile").path("mobilePhone").isNull()).isTrue();
    assertThat(calling.put("/users/" + user, "{'profile':{'title':'T'}}").status()).isEqualTo(400);
  }

  @Test
  void whoIsMasteredElsewhereRefusesEvenWhatDoesNotChangeThem() {
    String user = calling.staged("one");
    calling.control.post("users", "{'user':'" + user + "','master':'hr-source'}");

    Answer answer = calling.post("/users/" + user, "{'profile':{'title':null}}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("E0000023");
    calling.control.post("users", "{'user':'" + user + "','master':''}");
    assertThat(calling.post("/users/" + user, "{'profile':{'title':null}}").status())
        .isEqualTo(200);
  }

  @Test
  void anUpdateMayDependOnWhatTheUserWasLike() {
    String user = calling.staged("one");
    String etag = calling.get("/users/" + user).headers().firstValue("etag").orElseThrow();

    Answer first =
        calling.send("POST", "/users/" + user, "{'profile':{'title':'T'}}", "If-Match", etag);
    Answer second =
        calling.send("POST", "/users/" + user, "{'profile':{'title':'U'}}", "If-Match", etag);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(412);
    assertThat(second.code()).isEqualTo("E0000231");
  }

  @Test
  void aPropertyCanBeAddedToTheProfile() {
    calling.settings("{'custom':{'emplid':'string','active':'boolean'}}");
    String user = calling.staged("one");

    Answer good = calling.post("/users/" + user, "{'profile':{'emplid':'42','active':true}}");
    Answer bad = calling.post("/users/" + user, "{'profile':{'active':'yes'}}");

    assertThat(good.json().path("profile").path("emplid").asString()).isEqualTo("42");
    assertThat(bad.code()).isEqualTo("E0000001");
    JsonNode schema = calling.get("/meta/schemas/user/default").json().path("definitions");
    assertThat(schema.path("custom").path("properties").propertyNames())
        .containsExactlyInAnyOrder("emplid", "active");
    assertThat(schema.path("base").path("properties").path("firstName").path("maxLength").asInt())
        .isEqualTo(50);
  }

  @Test
  void twentyGroupsCanBeGivenWithACreation() {
    String group = calling.group("Staff");
    String ids =
        IntStream.range(0, 21).mapToObj(i -> "'" + group + "'").collect(Collectors.joining(","));

    Answer many =
        calling.post(
            "/users?activate=false",
            Calling.person("one").replaceFirst("}$", ",'groupIds':[" + ids + "]}"));
    Answer one =
        calling.post(
            "/users?activate=false",
            Calling.person("one").replaceFirst("}$", ",'groupIds':['" + group + "']}"));

    assertThat(many.code()).isEqualTo("E0000093");
    assertThat(many.cause()).isEqualTo("The number of group targets is too large");
    calling.advance(5);
    assertThat(calling.get("/groups/" + group + "/users").ids())
        .containsExactly(one.json().path("id").asString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | /users        | {'profile'   | 400 | E0000003",
        "POST | /users        | []           | 400 | E0000003",
        "POST | /users        | {'profil':1} | 400 | E0000003",
        "POST | /users        | ``           | 400 | E0000003",
        "POST | /users        | {'profile':7} | 400 | E0000003",
        "POST | /groups       | {'profile':{'name':{}}} | 400 | E0000003",
        "PATCH | /users/x     | {}           | 405 | E0000022",
        "GET  | /nothing/here | ``           | 404 | E0000008",
        "GET  | /users/a%2Fb@x.edu | ``      | 404 | E0000007",
      })
  void whatCannotBeUnderstoodIsRefused(
      String method, String path, String body, int status, String code) {
    Answer answer = calling.send(method, path, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                    | application/json | 400 | E0000018",
        "Accept: text/html                     | application/json | 400 | E0000019",
        "Accept: application/json              | ``               | 400 | E0000018",
        "Accept: application/json              | text/plain       | 400 | E0000021",
        "Accept: */*                           | application/json; charset=utf-8 | 200 | ``",
      })
  void headersAreNotOptional(String accept, String type, int status, String code)
      throws IOException {
    String answer =
        raw(
            "POST /api/v1/users?activate=false HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: SSWS secret-token\r\n"
                + (accept.isEmpty() ? "" : accept + "\r\n")
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n"),
            Calling.person("one").replace('\'', '"'));

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains(code);
  }

  @Test
  void aPostWithoutALengthIsRefused() throws IOException {
    String user = calling.standing("one", "ACTIVE");
    String head =
        "POST /api/v1/users/"
            + user
            + "/lifecycle/suspend HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Authorization: SSWS secret-token\r\nAccept: application/json\r\n";

    assertThat(raw(head + "\r\n")).startsWith("HTTP/1.1 411");
    assertThat(calling.status(user)).isEqualTo("ACTIVE");
    assertThat(raw(head + "Content-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 200");
    assertThat(calling.status(user)).isEqualTo("SUSPENDED");
  }

  @Test
  void aLoginMayHaveAPlusInIt() {
    calling.staged("a+b");

    assertThat(
            calling
                .get("/users/" + URLEncoder.encode("a+b@x.edu", StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
    assertThat(calling.get("/users/a+b@x.edu").status()).isEqualTo(200);
  }

  private Answer update(String user, String property, String value) {
    return calling.post("/users/" + user, "{'profile':{'" + property + "':'" + value + "'}}");
  }

  private String raw(String head, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return raw(head + "Content-Length: " + length + "\r\n\r\n" + body);
  }

  private String raw(String request) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.ofLiteral("127.0.0.1"), calling.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
