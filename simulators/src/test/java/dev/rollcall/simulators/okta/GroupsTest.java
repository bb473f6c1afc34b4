package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GroupsTest {
  private final Calling calling;

  GroupsTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void whoIsInAGroupCanBePutInAgain() {
    String group = calling.group("Staff");
    String user = calling.staged("one");
    String path = "/groups/" + group + "/users/" + user;

    assertThat(calling.put(path, "").status()).isEqualTo(204);
    assertThat(calling.put(path, "").status()).isEqualTo(204);
    assertThat(calling.state("memberships").path(group).size()).isOne();
    assertThat(calling.delete(path).status()).isEqualTo(204);
    assertThat(calling.delete(path).status()).isEqualTo(204);
    assertThat(calling.state("memberships").path(group).isEmpty()).isTrue();
    assertThat(
            calling
                .control
                .get("users/" + user)
                .path("changes")
                .valueStream()
                .map(change -> change.path("what").asString()))
        .containsExactly("created", "joined", "left");
  }

  @Test
  void listsOfMembersLagBehind() {
    String group = calling.group("Staff");
    String user = calling.staged("one");
    calling.put("/groups/" + group + "/users/" + user, "");

    assertThat(calling.get("/groups/" + group + "/users").ids()).isEmpty();
    assertThat(calling.get("/users/" + user + "/groups").ids()).doesNotContain(group);
    calling.advance(1);
    assertThat(calling.get("/groups/" + group + "/users").ids()).containsExactly(user);
    assertThat(calling.get("/users/" + user + "/groups").ids()).contains(group);
  }

  @Test
  void whatIsNotThereIsNamed() {
    String group = calling.group("Staff");
    String user = calling.staged("one");

    assertThat(summary(calling.put("/groups/00gNone/users/" + user, "")))
        .isEqualTo("Not found: Resource not found: 00gNone (UserGroup)");
    assertThat(summary(calling.put("/groups/" + group + "/users/00uNone", "")))
        .isEqualTo("Not found: Resource not found: 00uNone (User)");
    assertThat(calling.get("/groups/00gNone").status()).isEqualTo(404);
  }

  @Test
  void onlyOktasOwnGroupsTakeMembers() {
    String user = calling.staged("one");
    String everyone = calling.get("/groups?q=Every").ids().getFirst();
    String imported =
        calling.control.post("groups", "{'name':'AD','type':'APP_GROUP'}").path("AD").asString();

    assertThat(calling.put("/groups/" + everyone + "/users/" + user, "").code())
        .isEqualTo("E0000006");
    assertThat(calling.put("/groups/" + imported + "/users/" + user, "").status()).isEqualTo(403);
    assertThat(calling.delete("/groups/" + everyone).status()).isEqualTo(403);
    assertThat(calling.get("/groups/" + everyone + "/users").ids()).containsExactly(user);
    assertThat(calling.get("/groups/" + imported).json().path("type").asString())
        .isEqualTo("APP_GROUP");
  }

  @Test
  void aGroupIsFoundByWhatItIs() {
    String staff = calling.group("Staff General");
    calling.group("Faculty General");
    calling.control.post("groups", "{'names':['Student Cohort','Adjunct Pool']}");
    calling.advance(2);

    assertThat(calling.get("/groups?q=staff").ids()).containsExactly(staff);
    assertThat(search("profile.name eq \"staff general\"").ids()).containsExactly(staff);
    assertThat(search("profile.name co \"General\" and type eq \"OKTA_GROUP\"").ids()).hasSize(2);
    assertThat(calling.get("/groups?filter=" + Calling.encoded("type eq \"BUILT_IN\"")).ids())
        .hasSize(1);
    assertThat(
            calling
                .get("/groups?filter=" + Calling.encoded("profile.name eq \"Staff General\""))
                .code())
        .isEqualTo("E0000031");
    Answer first = calling.get("/groups?limit=3");
    assertThat(first.ids()).hasSize(3);
    assertThat(calling.get(first.link("next")).ids()).hasSize(2);
  }

  @Test
  void aGroupIsMadeRenamedAndDeleted() {
    Answer made = calling.post("/groups", "{'profile':{'name':'Staff'}}");
    String group = made.json().path("id").asString();

    assertThat(made.json().path("profile").path("description").isNull()).isTrue();
    assertThat(calling.post("/groups", "{'profile':{'name':'staff'}}").code())
        .isEqualTo("E0000055");
    assertThat(calling.post("/groups", "{'profile':{}}").code()).isEqualTo("E0000001");
    JsonNode renamed =
        calling.put("/groups/" + group, "{'profile':{'name':'Crew','description':'D'}}").json();
    assertThat(renamed.path("profile").path("name").asString()).isEqualTo("Crew");
    assertThat(
            calling
                .get("/groups?expand=stats")
                .json()
                .path(1)
                .path("_embedded")
                .path("stats")
                .path("usersCount")
                .asInt(-1))
        .isZero();
    assertThat(calling.delete("/groups/" + group).status()).isEqualTo(204);
    assertThat(calling.get("/groups/" + group).status()).isEqualTo(404);
  }

  private Answer search(String expression) {
    return calling.get("/groups?search=" + Calling.encoded(expression));
  }

  private static String summary(Answer answer) {
    return answer.json().path("errorSummary").asString();
  }
}
