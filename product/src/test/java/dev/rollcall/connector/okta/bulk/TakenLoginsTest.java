package dev.rollcall.connector.okta.bulk;

import static dev.rollcall.connector.okta.ScriptedOkta.error;
import static dev.rollcall.connector.okta.ScriptedOkta.notFound;
import static dev.rollcall.connector.okta.ScriptedOkta.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.okta.ScriptedOkta;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which logins belong to accounts that the source has never given. */
class TakenLoginsTest {

  private static final String ANN = "00u1aaaaaaaaaaaaaaa7";
  private static final String BOB = "00u2bbbbbbbbbbbbbbb7";

  private final Desk desk = new Desk();
  private final ScriptedOkta okta = desk.okta;

  @AfterEach
  void close() throws IOException {
    desk.close();
  }

  private static String user(String id, String login) {
    return "{\"id\":\"%s\",\"status\":\"DEPROVISIONED\",\"profile\":{\"login\":\"%s\"}}"
        .formatted(id, login);
  }

  private static List<String> many(String... logins) {
    List<String> many = new ArrayList<>(List.of(logins));
    IntStream.rangeClosed(0, TakenLogins.FEW)
        .forEach(number -> many.add("p" + number + "@univ.edu"));
    return many;
  }

  private ScriptedOkta.Answer page(String users, String after) {
    return says(
        200,
        "[" + users + "]",
        "Link",
        "<https://other.host/api/v1/users?search=profile.login%20pr&limit=200>; rel=\"self\"",
        "Link",
        "<https://other.host/api/v1/users?after="
            + after
            + "&search=profile.login%20pr&limit=200>; rel=\"next\"");
  }

  @Test
  void aFewLoginsAreAskedForOneByOne() {
    okta.on("GET /api/v1/users/ann%40univ.edu", says(200, user(ANN, "Ann@univ.edu")));
    okta.on("GET /api/v1/users/bob%40univ.edu", notFound());
    assertThat(desk.source.taken(desk.notes, List.of("ann@univ.edu", "bob@univ.edu")))
        .containsExactly(Map.entry("ann@univ.edu", ANN));
    assertThat(desk.notes.asked).containsOnly("/api/v1/users/{id:.+}").hasSize(2);
  }

  @Test
  void aLoginThatThisSourceHasGivenIsNotTaken() {
    okta.on("GET /api/v1/users/1001%40univ.edu", says(200, user(ANN, "1001@univ.edu")));
    okta.on("GET /api/v1/users/1002%40univ.edu", says(200, user(BOB, "1002@univ.edu")));
    List<String> logins = List.of("1001@univ.edu", "1002@univ.edu");
    assertThat(desk.source.taken(desk.notes, logins)).hasSize(2);
    desk.source.accept(People.upsert("1001"), Set.of());
    assertThat(desk.source.taken(desk.notes, logins))
        .containsExactly(Map.entry("1002@univ.edu", BOB));
    // A session whose end nobody knows may have made it.
    okta.on("POST " + Desk.PATH + "/" + Desk.SESSION + "/bulk-upsert", says(202, ""));
    desk.source.give(desk.notes, Desk.SESSION, People.upsert("1002"));
    assertThat(desk.source.taken(desk.notes, logins)).isEmpty();
    okta.on("DELETE " + Desk.PATH + "/" + Desk.SESSION, says(204, ""));
    desk.source.cancel(desk.notes, Desk.SESSION);
    assertThat(desk.source.taken(desk.notes, logins))
        .containsExactly(Map.entry("1002@univ.edu", BOB));
  }

  @Test
  void aRequestThatWasRefusedMakesNoLoginOurs() {
    String session = Desk.PATH + "/" + Desk.SESSION;
    okta.on("GET /api/v1/users/1001%40univ.edu", says(200, user(ANN, "1001@univ.edu")));
    okta.on("POST " + session + "/bulk-upsert", error(400, "E0000001", "Api validation failed"));
    okta.on("GET " + session, says(200, Desk.session(Desk.SESSION, "IN_PROGRESS")));
    assertThatThrownBy(() -> desk.source.give(desk.notes, Desk.SESSION, People.upsert("1001")))
        .isInstanceOf(ConnectorException.class);
    assertThat(desk.source.taken(desk.notes, List.of("1001@univ.edu"))).hasSize(1);
    // Without an answer nobody knows.
    okta.on("POST " + session + "/bulk-upsert", new ScriptedOkta.Answer.None());
    assertThatThrownBy(() -> desk.source.give(desk.notes, Desk.SESSION, People.upsert("1001")))
        .isInstanceOf(ConnectorException.class);
    assertThat(desk.source.taken(desk.notes, List.of("1001@univ.edu"))).isEmpty();
  }

  @Test
  void forManyAllUsersAreListedOnceForASessionDeactivatedOnesToo() {
    okta.on(
        "GET /api/v1/users",
        page(user(ANN, "Ánn@univ.edu"), "1"),
        says(200, "[" + user(BOB, "p7@univ.edu") + "]"));
    Map<String, String> taken = desk.source.taken(desk.notes, many("ann@univ.edu"));
    assertThat(taken).containsOnly(Map.entry("ann@univ.edu", ANN), Map.entry("p7@univ.edu", BOB));
    assertThat(okta.lines())
        .containsExactly(
            "GET /api/v1/users?search=profile.login%20pr&limit=200",
            "GET /api/v1/users?after=1&search=profile.login%20pr&limit=200");
    assertThat(desk.notes.asked).containsOnly("/api/v1/users");

    okta.forget();
    assertThat(desk.source.taken(desk.notes, many("ann@univ.edu"))).isEqualTo(taken);
    assertThat(okta.sent()).isEmpty();

    okta.on("POST " + Desk.PATH, says(201, Desk.session(Desk.SESSION, "CREATED")));
    desk.source.begin(desk.notes);
    okta.on("GET /api/v1/users", says(200, "[]"));
    assertThat(desk.source.taken(desk.notes, many())).isEmpty();
  }

  @Test
  void whatWasListedIsNotBelievedForLongerThanFiveMinutes() {
    okta.on("GET /api/v1/users", says(200, "[]"));
    desk.source.taken(desk.notes, many());
    desk.clock.advance(Duration.ofMinutes(5));
    okta.on("GET /api/v1/users", says(200, "[" + user(ANN, "p3@univ.edu") + "]"));
    assertThat(desk.source.taken(desk.notes, many())).containsOnlyKeys("p3@univ.edu");
  }

  @Test
  void aListThatWasBrokenOffGoesOnWhereItStopped() {
    okta.on(
        "GET /api/v1/users",
        page(user(ANN, "p1@univ.edu"), "1"),
        says(200, "[" + user(BOB, "p2@univ.edu") + "]"));
    desk.notes.letThrough(1);
    assertThatThrownBy(() -> desk.source.taken(desk.notes, many())).isInstanceOf(ErrandOver.class);
    desk.notes.letThrough(1);
    assertThat(desk.source.taken(desk.notes, many()))
        .containsOnlyKeys("p1@univ.edu", "p2@univ.edu");
  }

  @Test
  void aListThatCannotBeReadSaysNothingAboutAnybody() {
    okta.on("GET /api/v1/users", error(500, "E0000009", "Internal Server Error"));
    assertThatThrownBy(() -> desk.source.taken(desk.notes, many()))
        .isInstanceOf(ConnectorException.class);
    okta.on("GET /api/v1/users", page(user(ANN, "p1@univ.edu"), "1"));
    assertThatThrownBy(() -> desk.source.taken(desk.notes, many()))
        .hasMessageContaining("come back");
  }
}
