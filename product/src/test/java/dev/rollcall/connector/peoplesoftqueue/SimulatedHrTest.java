package dev.rollcall.connector.peoplesoftqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.LocalPostgres;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.simulators.peoplesoft.PeopleSoft;
import dev.rollcall.spi.LineSource.Result;
import dev.rollcall.spi.PolledSource.Changed;
import dev.rollcall.spi.PolledSource.Changes;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The connector against the simulated HR, with the queries that are shipped. */
class SimulatedHrTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String VIEW =
      "select OPRID, CHANGED, LEAVER from PS_CHG_OK_CHANGED_VW where CHANGED >= :since";

  private final PeopleSoftTables empty = PeopleSoftTables.none();
  private final HttpClient http = HttpClient.newHttpClient();
  private final PeopleSoft simulator;
  private final PeopleSoftDatabase database;
  private final People people;
  private final QueueSource queue;

  SimulatedHrTest(@TempDir Path directory) throws IOException {
    String password = TestDatabase.postgres().password();
    simulator =
        PeopleSoft.start(
            new PeopleSoft.Setup(
                0, directory, Optional.empty(), "PSFT Campus", "Location", 7, ZoneOffset.UTC));
    simulator.serveHr(empty.url, LocalPostgres.USER, password);
    database = new PeopleSoftDatabase(empty.settings(), Clock.systemUTC());
    people = new People(database, PersonQuery.shipped(), "hr", Clock.systemUTC());
    queue = new QueueSource(database, tables(), people);
  }

  private static QueueTables tables() {
    QueueTables seed = QueueTables.ofTheSeed();
    return new QueueTables(
        seed.header(),
        seed.lines(),
        seed.crossReference(),
        seed.identityTypes(),
        Map.of(),
        "CHG_GROUP");
  }

  @AfterEach
  void close() {
    database.close();
    simulator.close();
    http.close();
    empty.close();
  }

  private JsonNode call(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body());
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private JsonNode post(String path, String body) {
    return call(
        HttpRequest.newBuilder(simulator.address().resolve("/_control/hr/" + path))
            .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private JsonNode get(String path) {
    return call(HttpRequest.newBuilder(simulator.address().resolve("/_control/hr/" + path)));
  }

  private static String text(Map<String, Value> fields, String name) {
    Value value = Objects.requireNonNull(fields.get(name), name);
    return String.valueOf(value.textOrNull());
  }

  private static String said(JsonNode value) {
    String text = value.asString("").strip();
    return text.isEmpty() ? "null" : text;
  }

  @Test
  void theShippedQueriesTellTheTruthAboutEverybodyWhateverHappenedToThem() {
    post("fill", "{'people':80,'requests':false}");
    post("play", "{'count':300,'seed':5,'requests':false}");
    JsonNode truths = get("people");
    List<SubjectKey> everybody = people.known(null, 10_000);

    Map<SubjectKey, Facts> facts = people.fetch(everybody);

    assertThat(facts).hasSize(truths.size()).hasSizeGreaterThan(80);
    for (JsonNode truth : truths) {
      JsonNode person = truth.path("person");
      String oprid = person.path("oprid").asString();
      Facts told = Objects.requireNonNull(facts.get(new SubjectKey("hr", oprid)), oprid);
      Map<String, Value> fields =
          Objects.requireNonNull(told.record("PERSON")).rows().getFirst().fields();
      assertThat(text(fields, "EMPLID")).isEqualTo(said(person.path("emplid")));
      assertThat(text(fields, "FIRST_NAME")).as(oprid).isEqualTo(said(person.path("first")));
      assertThat(text(fields, "LAST_NAME")).as(oprid).isEqualTo(said(person.path("last")));
      assertThat(text(fields, "PREF_FIRST_NAME"))
          .as(oprid)
          .isEqualTo(said(person.path("preferredFirst")));
      assertThat(text(fields, "EMAIL_HOME")).isEqualTo(said(person.path("emails").path("HOME")));
      assertThat(text(fields, "EMAIL_PREF"))
          .isEqualTo(said(person.path("emails").path(person.path("preferredEmail").asString(""))));
      assertThat(text(fields, "PHONE")).isEqualTo(said(person.path("phone")));
      assertThat(text(fields, "HR_STATUS")).as(oprid).isEqualTo(said(person.path("job")));
      Set<String> held = new TreeSet<>();
      for (Row row : Objects.requireNonNull(told.record("IDENTITY_TYPE")).rows()) {
        held.add(text(row.fields(), "IDENTITY_TYPE"));
      }
      Set<String> types = new TreeSet<>();
      person.path("types").forEach(type -> types.add(type.asString()));
      assertThat(held).as(oprid).isEqualTo(types);
    }
  }

  @Test
  void theViewTellsWhoChangedAndOnlyThem() {
    post("fill", "{'people':40,'requests':false}");
    ViewSource view = view();
    @Nullable String checkpoint = null;
    Changes all;
    int told = 0;
    do {
      all = view.changes(checkpoint, 7);
      checkpoint = all.checkpoint();
      told += all.changed().size();
    } while (all.more());
    assertThat(told).isEqualTo(40);

    Set<String> changed = new HashSet<>();
    post("play", "{'count':12,'what':'nameChanged','requests':false}")
        .path("oprids")
        .forEach(one -> changed.add(one.asString()));
    Set<String> left = new HashSet<>();
    post("play", "{'count':2,'what':'termination','requests':false}")
        .path("oprids")
        .forEach(one -> left.add(one.asString()));
    changed.addAll(left);
    Changes after = view.changes(checkpoint, 100);

    assertThat(after.changed())
        .extracting(one -> one.subject().id())
        .containsExactlyInAnyOrderElementsOf(changed);
    assertThat(after.changed().stream().filter(Changed::leaver).map(one -> one.subject().id()))
        .containsExactlyInAnyOrderElementsOf(left);
  }

  private ViewSource view() {
    return new ViewSource(
        database,
        people,
        ChangeQuery.of(VIEW),
        new CrossReference(database, tables()),
        Clock.systemUTC());
  }

  @Test
  void whoeverIsTakenAwayWithoutAWordHasVanished() {
    post("fill", "{'people':3,'requests':false}");
    CrossReference reference = new CrossReference(database, tables());
    for (SubjectKey subject : people.known(null, 10)) {
      reference.write(
          new CrossReference.Entry(subject.id(), "Staff", "00u" + subject.id(), "x@univ.edu"));
    }
    post("vanish", "{'oprid':'U0000002'}");

    assertThat(view().changes(null, 10).vanished())
        .containsExactly(new SubjectKey("hr", "U0000002"));
    assertThat(people.fetch(List.of(new SubjectKey("hr", "U0000002")))).isEmpty();
  }

  @Test
  void requestsAreWorkedToTheEndAndSetBackByAnAdministrator() {
    JsonNode filled = post("fill", "{'people':30,'batch':7}");
    JsonNode played = post("play", "{'count':60,'seed':2,'batch':7}");
    int wanted = filled.path("lines").asInt() + played.path("lines").asInt();

    List<Line> worked = new ArrayList<>();
    List<Line> open = queue.open(25);
    while (!open.isEmpty()) {
      queue.begun(open.stream().map(Line::key).toList());
      List<Result> results = new ArrayList<>();
      for (Line line : open) {
        boolean fails = worked.size() + results.size() == 3;
        results.add(
            new Result(
                line.key(),
                fails ? LineStatus.ERR : LineStatus.COMP,
                fails ? "{\"errorCode\":\"E0000001\"}" : null,
                "00u"));
      }
      queue.report(results);
      worked.addAll(open);
      open = queue.open(25);
    }

    assertThat(worked).hasSize(wanted).isSortedAccordingTo(Line.ORDER).doesNotHaveDuplicates();
    assertThat(worked).filteredOn(line -> line.action().equals("GRPR")).isNotEmpty();
    assertThat(worked).allMatch(line -> line.action().equals("GRPR") == (line.group() != null));
    JsonNode state = get("state");
    assertThat(state.path("lines").path("COMP").asInt()).isEqualTo(wanted - 1);
    assertThat(state.path("lines").path("ERR").asInt()).isEqualTo(1);
    assertThat(state.path("batches").path("ERR").asInt()).isEqualTo(1);
    assertThat(state.path("database").asString()).isEqualTo(database.environment());

    assertThat(post("renew", "{'status':'ERR'}").path("lines").asInt()).isEqualTo(1);
    assertThat(queue.open(10)).extracting(Line::key).containsExactly(worked.get(3).key());
  }

  @Test
  void whatAHireWouldHaveRequestedCanBeRequestedLater() {
    post("fill", "{'people':3,'requests':false}");
    assertThat(get("state").path("lines")).isEmpty();

    assertThat(post("request", "{'oprids':['U0000002']}").path("lines").asInt()).isEqualTo(2);

    List<Line> lines = queue.open(100);
    assertThat(lines).extracting(line -> line.subject().id()).containsOnly("U0000002");
    assertThat(lines.getFirst().action()).isIn("CR8A", "CR8I");
    assertThat(lines.getLast().action()).isEqualTo("GRPA");
    post("request", "{}");
    assertThat(get("state").path("lines").path("NEW").asInt()).isEqualTo(2 + 6);
  }

  @Test
  void theFeedGoesOnUntilItIsToldOtherwiseAndSparesWhomItIsTold() {
    post("fill", "{'people':5,'requests':false}");
    List<JsonNode> before = get("people").valueStream().toList();

    post("feed", "{'everySeconds':1,'except':['U0000001','U0000002','U0000003','U0000004']}");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("state").path("batches").path("NEW").asInt() >= 2);
    post("feed", "{'everySeconds':0}");

    int requests = get("state").path("lines").path("NEW").asInt();
    assertThat(requests).isGreaterThanOrEqualTo(2);
    assertThat(get("people").valueStream().limit(4)).isEqualTo(before.subList(0, 4));
  }

  @Test
  void aSimulatorThatIsStartedAgainExpectsTheSame(@TempDir Path other) throws IOException {
    post("fill", "{'people':20}");
    post("play", "{'count':40,'seed':9}");
    JsonNode expected = get("expected?leave=suspend");
    try (PeopleSoft second =
        PeopleSoft.start(
            new PeopleSoft.Setup(
                0, other, Optional.empty(), "PSFT Campus", "Location", 7, ZoneOffset.UTC))) {
      second.serveHr(empty.url, LocalPostgres.USER, TestDatabase.postgres().password());

      assertThat(
              call(
                  HttpRequest.newBuilder(
                      second.address().resolve("/_control/hr/expected?leave=suspend"))))
          .isEqualTo(expected);
    }

    assertThat(expected.size()).isGreaterThanOrEqualTo(20);
    assertThat(get("expected/U0000001").path("emplid").asString()).isEqualTo("00000700001");
    post("reset", "{}");
    assertThat(get("expected").size()).isZero();
    assertThat(queue.open(1)).isEmpty();
  }

  @Test
  void theIdentityTypesThereAreThoseOfTheSourceDocument() {
    List<IdentityTypes.Type> types = new IdentityTypes(database, tables()).read();

    assertThat(types)
        .contains(
            new IdentityTypes.Type(
                "STUDENT",
                "[EMPLID]@student.univ.edu",
                List.of("HOME", "PREF"),
                false,
                "STAGED",
                List.of("Student Cohort"),
                50))
        .hasSize(5);
  }

  @Test
  void ofWhoLeavesBeforeTheirRequestsAreWorkedNobodyExpectsAnAccountForCertain() {
    post("fill", "{'people':2,'seed':7}");
    post("play", "{'what':'termination','oprid':'U0000001'}");
    assertThat(get("expected/U0000001").path("certain").asBoolean()).isFalse();
    assertThat(get("expected/U0000002").path("certain").asBoolean()).isTrue();

    List<Line.Key> open = queue.open(100).stream().map(Line::key).toList();
    queue.begun(open);
    queue.report(open.stream().map(line -> new Result(line, LineStatus.COMP, null, null)).toList());
    post("play", "{'what':'termination','oprid':'U0000002'}");
    assertThat(get("expected/U0000002").path("certain").asBoolean()).isTrue();
    post("play", "{'what':'rehire','oprid':'U0000001'}");
    assertThat(get("expected/U0000001").path("certain").asBoolean()).isFalse();
  }
}
