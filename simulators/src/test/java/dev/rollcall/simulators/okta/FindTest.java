package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindTest {
  private final Calling calling;

  FindTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void aSearchLagsBehindAndAReadDoesNot() {
    String user = calling.staged("one");

    assertThat(search("profile.login eq \"one@x.edu\"")).isEmpty();
    assertThat(filter("profile.email eq \"one@x.edu\"")).isEmpty();
    assertThat(calling.get("/users/one@x.edu").status()).isEqualTo(200);
    calling.advance(1);
    assertThat(search("profile.login eq \"one@x.edu\"")).containsExactly(user);
    assertThat(filter("profile.email eq \"one@x.edu\"")).containsExactly(user);
  }

  @Test
  void whatASearchKnowsIsOldInEveryWay() {
    String user = calling.staged("one");
    calling.advance(1);
    calling.post("/users/" + user, "{'profile':{'lastName':'New'}}");

    assertThat(search("profile.lastName eq \"L\"")).containsExactly(user);
    assertThat(search("profile.lastName eq \"New\"")).isEmpty();
    calling.advance(1);
    calling.delete("/users/" + user);
    calling.delete("/users/" + user);
    assertThat(search("profile.lastName eq \"New\"")).containsExactly(user);
    calling.advance(1);
    assertThat(search("profile.lastName pr")).isEmpty();
  }

  @Test
  void theDelaysCanBeTakenAway() {
    calling.settings("{'searchDelayMillis':0,'filterDelayMillis':0}");
    String user = calling.staged("one");

    assertThat(search("profile.login eq \"one@x.edu\"")).containsExactly(user);
    assertThat(filter("profile.login eq \"one@x.edu\"")).containsExactly(user);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile.lastName eq \"BROWN\"                                    | 1,3",
        "profile.lastName sw \"br\" and profile.firstName eq \"Ann\"      | 1",
        "profile.email co \"two\"                                         | 2",
        "status eq \"ACTIVE\" or status eq \"DEPROVISIONED\"              | 1,3",
        "(status eq \"STAGED\" or status eq \"ACTIVE\") and profile.title pr | 2",
        "profile.title lt \"Dr\" or profile.title gt \"Dr\"               | 2",
        "created ge \"2026-03-01T10:00:00.000Z\"                          | 1,2,3",
        "lastUpdated gt \"2026-03-01T10:00:05.000Z\"                      | 3",
        "profile.emplid eq \"7\"                                          | 2",
        "profile.tags eq \"b\"                                            | 1",
      })
  void aSearchFinds(String expression, String found) {
    people();

    assertThat(String.join(",", numbers(search(expression)))).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile.lastName eq \"Brown\"                | 1,3",
        "profile.lastName eq \"BROWN\"                | ''",
        "status eq \"DEPROVISIONED\"                  | 3",
        "lastUpdated ge \"2026-03-01T10:00:00.000Z\" and status eq \"STAGED\" | 2",
      })
  void aFilterFinds(String expression, String found) {
    people();

    assertThat(String.join(",", numbers(filter(expression)))).isEqualTo(found);
  }

  @Test
  void theSimpleQueryAndTheBareListLeaveLeaversOut() {
    people();

    assertThat(numbers(calling.get("/users?q=ann").ids())).containsExactly("1");
    assertThat(numbers(calling.get("/users?q=br").ids())).containsExactly("1");
    assertThat(numbers(calling.get("/users").ids())).containsExactly("1", "2");
    assertThat(calling.get("/users/three@x.edu").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search | profile.lastName ne \"x\"       | E0000031",
        "search | lastName eq \"x\"               | E0000031",
        "search | profile.title co \"x\"          | E0000031",
        "search | profile.lastName eq              | E0000031",
        "search | (status eq \"ACTIVE\"           | E0000031",
        "search | not (status eq \"ACTIVE\")      | E0000031",
        "search | created gt \"yesterday\"        | E0000030",
        "filter | profile.title eq \"x\"          | E0000031",
        "filter | profile.lastName sw \"x\"       | E0000031",
        "filter | Profile.lastName eq \"x\"       | E0000031",
      })
  void whatCannotBeAskedIsRefused(String kind, String expression, String code) {
    Answer answer = calling.get("/users?" + kind + "=" + Calling.encoded(expression));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void searchAndFilterExcludeEachOther() {
    assertThat(calling.get("/users?search=x&filter=y").code()).isEqualTo("E0000033");
    assertThat(calling.get("/users?after=nonsense").code()).isEqualTo("E0000029");
    assertThat(calling.get("/users?limit=0").status()).isEqualTo(400);
  }

  @Test
  void pagesFollowEachOtherWhateverHappensInBetween() {
    calling.settings("{'limits':{'/api/v1/users':10000}}");
    for (int i = 0; i < 450; i++) {
      calling.staged("user" + i);
    }
    Answer first = calling.get("/users?limit=1000");
    calling.delete("/users/user10@x.edu");
    calling.delete("/users/user300@x.edu");
    List<String> ids = new ArrayList<>(first.ids());
    int pages = 1;
    for (String next = first.link("next"); !next.isEmpty(); pages++) {
      Answer page = calling.get(next);
      ids.addAll(page.ids());
      next = page.link("next");
    }

    assertThat(first.ids()).hasSize(200);
    assertThat(first.link("self")).endsWith("/api/v1/users?limit=200");
    assertThat(pages).isEqualTo(3);
    assertThat(ids).hasSize(449).doesNotHaveDuplicates();
  }

  @Test
  void aLinkWritesTheQueryAnew() {
    people();

    Answer answer = calling.get("/users?filter=status+eq+%22ACTIVE%22");

    assertThat(answer.link("self"))
        .endsWith("/api/v1/users?limit=200&filter=status+eq+%22ACTIVE%22");
    assertThat(answer.headers().allValues("link")).hasSize(1);
  }

  @Test
  void aSearchCanBeSortedAndPaged() {
    people();
    String path = "/users?search=" + Calling.encoded("profile.lastName pr") + "&limit=2";

    Answer first = calling.get(path + "&sortBy=profile.email&sortOrder=desc");

    assertThat(numbers(first.ids())).containsExactly("2", "3");
    assertThat(numbers(calling.get(first.link("next")).ids())).containsExactly("1");
  }

  @Test
  void fieldsMayBeChosen() {
    people();

    Answer answer =
        calling.get("/users?fields=" + Calling.encoded("status,profile:(login, email)"));

    assertThat(answer.json().path(0).propertyNames()).containsExactly("id", "status", "profile");
    assertThat(answer.json().path(0).path("profile").propertyNames())
        .containsExactlyInAnyOrder("login", "email");
  }

  private void people() {
    calling.settings("{'custom':{'emplid':'string','tags':'array'}}");
    by("one", "ACTIVE", "'firstName':'Ann','lastName':'Brown','tags':['a','b']");
    by("two", "STAGED", "'firstName':'Bob','lastName':'Anders','title':'Mr','emplid':'7'");
    by("three", "DEPROVISIONED", "'firstName':'Cid','lastName':'Brown'");
    calling.advance(10);
    calling.control.post("users", "{'user':'three@x.edu','profile':{'city':'X'}}");
    calling.advance(10);
  }

  private void by(String name, String status, String profile) {
    calling.control.post(
        "users",
        "{'status':'%s','profile':{'login':'%s@x.edu','email':'%s@x.edu',%s}}"
            .formatted(status, name, name, profile));
  }

  private List<String> numbers(List<String> ids) {
    List<String> order =
        calling.state("users").valueStream().map(user -> user.path("id").asString()).toList();
    return ids.stream().map(id -> String.valueOf(order.indexOf(id) + 1)).toList();
  }

  private List<String> search(String expression) {
    return calling.get("/users?search=" + Calling.encoded(expression)).ids();
  }

  private List<String> filter(String expression) {
    return calling.get("/users?filter=" + Calling.encoded(expression)).ids();
  }
}
