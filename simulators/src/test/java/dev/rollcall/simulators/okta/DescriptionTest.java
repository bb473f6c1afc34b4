package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A walk through everything, held against Okta's own API description. The other tests are held
 * against it too, where it is at hand; this one says that it was.
 */
class DescriptionTest {
  private static final URI USERS = URI.create("http://x/api/v1/users");

  private final Calling calling;

  DescriptionTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @BeforeEach
  void needsTheDescription() {
    assumeThat(Description.FILE).as("the API description lies beside the repository").exists();
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void everyAnswerOfAWalkIsOneThatOktaDescribes() {
    String group = calling.group("Staff");
    String user = calling.staged("one");
    String path = "/users/" + user;
    calling.get(path);
    calling.get("/users/nobody");
    calling.get("/users");
    calling.get("/users?search=x");
    calling.post("/users", Calling.person("one"));
    calling.post(path, "{'profile':{'title':'T','secondEmail':'s@x.edu','mobilePhone':'1'}}");
    calling.get(path);
    calling.post(path, "{'profile':{'title':null}}");
    calling.put(path, Calling.person("one"));
    calling.put("/groups/" + group + "/users/" + user, "");
    calling.advance(2);
    calling.get("/groups/" + group + "/users");
    calling.get(path + "/groups");
    calling.get(path + "/appLinks");
    for (String operation :
        new String[] {
          "activate?sendEmail=false",
          "activate",
          "reactivate?sendEmail=false",
          "suspend",
          "suspend",
          "unsuspend",
          "unlock",
          "expire_password",
          "reset_password?sendEmail=false",
          "reset_password",
          "deactivate",
          "deactivate"
        }) {
      calling.post(path + "/lifecycle/" + operation, "");
    }
    calling.delete(path + "/sessions");
    calling.delete("/groups/" + group + "/users/" + user);
    calling.get("/groups");
    calling.get("/groups?expand=stats");
    calling.get("/groups/" + group);
    calling.put("/groups/" + group, "{'profile':{'name':'Crew','description':'D'}}");
    calling.post("/groups", "{'profile':{'name':'crew'}}");
    calling.delete("/groups/" + group);
    calling.delete("/groups/" + group);
    calling.delete(path);
    calling.delete(path);
    calling.get("/meta/schemas/user/default");
    for (String fault : new String[] {"serverError", "readOnly", "tooMany", "invalidToken"}) {
      calling.fault("{'fault':'" + fault + "'}");
      calling.get("/users");
    }

    Set<String> checked = Description.checked();
    assertThat(checked)
        .contains(
            "POST /api/v1/users 200",
            "POST /api/v1/users 400",
            "GET /api/v1/users 200",
            "GET /api/v1/users 429",
            "GET /api/v1/users 401",
            "GET /api/v1/users 500",
            "GET /api/v1/users 503",
            "GET /api/v1/users/{id} 200",
            "GET /api/v1/users/{id} 404",
            "PUT /api/v1/users/{id} 200",
            "POST /api/v1/users/{id}/lifecycle/activate 200",
            "POST /api/v1/users/{id}/lifecycle/activate 403",
            "POST /api/v1/users/{id}/lifecycle/deactivate 404",
            "GET /api/v1/users/{id}/groups 200",
            "GET /api/v1/groups/{groupId}/users 200",
            "PUT /api/v1/groups/{groupId}/users/{userId} 204",
            "DELETE /api/v1/groups/{groupId} 204",
            "POST /api/v1/groups 409",
            "GET /api/v1/meta/schemas/user/{schemaId} 200");
  }

  @Test
  void everyAnswerAboutIdentitySourcesIsOneThatOktaDescribes() {
    calling.control.post("sources", "{'id':'0oaOne','label':'HCM','custom':['personNumber']}");
    String sessions = "/identity-sources/0oaOne/sessions";
    calling.get(sessions);
    calling.get("/identity-sources/0oaNobody/sessions");
    calling.post("/identity-sources/0oaNobody/sessions", "");
    String session = calling.post(sessions, "").json().path("id").asString();
    calling.post(sessions, "");
    calling.get(sessions);
    String path = sessions + "/" + session;
    calling.get(path);
    calling.get(sessions + "/apsNobody");
    calling.post(path + "/start-import", "");
    calling.post(path + "/bulk-upsert", "");
    calling.post(
        path + "/bulk-upsert", "{'entityType':'USERS','profiles':[" + Sourcing.person("a") + "]}");
    calling.post(path + "/bulk-delete", "{'entityType':'USERS','profiles':[]}");
    calling.post(path + "/bulk-delete", "{'entityType':'USERS','profiles':[{'externalId':'x'}]}");
    calling.post(path + "/start-import", "");
    calling.delete(path);
    calling.advance(400);
    calling.get(path);
    String next = sessions + "/" + calling.post(sessions, "").json().path("id").asString();
    for (String fault : new String[] {"serverError", "readOnly", "tooMany", "invalidToken"}) {
      calling.fault("{'fault':'" + fault + "'}");
      calling.get(next);
    }
    calling.delete(next);
    calling.get("/logs");
    calling.get("/logs?filter=x");
    JsonNode mappings = calling.get("/mappings").json();
    calling.get("/mappings/" + mappings.path(0).path("id").asString());
    calling.get("/mappings/prmNowhere");

    assertThat(Description.checked())
        .contains(
            "GET /api/v1/identity-sources/{identitySourceId}/sessions 200",
            "GET /api/v1/identity-sources/{identitySourceId}/sessions 404",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions 201",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions 400",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions 404",
            "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} 200",
            "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} 400",
            "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} 401",
            "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} 429",
            "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} 500",
            "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} 503",
            "DELETE /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} 204",
            "DELETE /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} 400",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}/bulk-upsert 202",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}/bulk-upsert 400",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}/bulk-delete 202",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}/bulk-delete 400",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}/start-import 200",
            "POST /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}/start-import 400",
            "GET /api/v1/logs 200",
            "GET /api/v1/logs 400",
            "GET /api/v1/mappings 200",
            "GET /api/v1/mappings/{mappingId} 200",
            "GET /api/v1/mappings/{mappingId} 404");
  }

  @Test
  void whatOktaDoesNotDescribeIsNoticed() {
    String good = calling.post("/users?activate=false", Calling.person("one")).text();

    Description.check("POST", USERS, answer(200, good));
    assertThatThrownBy(
            () -> Description.check("POST", USERS, answer(200, good.replace("STAGED", "ODD"))))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() ->
            Description.check(
                "POST", USERS, answer(200, good.replace("\"F\"", "\"" + "F".repeat(51) + "\""))))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Description.check("POST", USERS, answer(201, good)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Description.check("GET", USERS, answer(200, good)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Description.check("GET", USERS, answer(400, "{\"error\":\"odd\"}")))
        .isInstanceOf(AssertionError.class);
  }

  private static Answer answer(int status, String text) {
    return new Answer(status, HttpHeaders.of(Map.of(), (name, value) -> true), text);
  }
}
