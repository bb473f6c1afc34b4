package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.InProcess.Done;
import dev.rollcall.web.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit from the command line, on the screen and as files, and erasing a person's past. */
class AuditCommandTest {

  private static RunningService service;
  private static InProcess commands;

  @BeforeAll
  static void start() {
    service = RunningService.start();
    commands = new InProcess(service);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static long event(String emplid) {
    service.sendPerson(emplid, "Ann, \"A\"", "C-" + emplid);
    service.settle();
    return service.number("select max(id) from event where subject = '" + emplid + "'");
  }

  @Test
  void whatHappenedToAPersonIsListedNewestFirst() {
    long event = event("A1");
    commands.run("retry", "" + event);
    service.settle();
    Done done = commands.run("audit", "--subject", "A1", "--json");
    assertThat(done.exit()).as(done.err()).isZero();
    JsonNode entries = done.json();
    assertThat(entries.get(0).propertyNames())
        .contains("id", "at", "kind", "instance", "source", "subject", "event", "entry");
    assertThat(entries.valueStream().map(one -> one.path("kind").asString()))
        .containsExactlyInAnyOrder("outcome", "requested", "outcome");
    assertThat(entries.get(entries.size() - 1).path("event").asLong()).isEqualTo(event);
    assertThat(commands.run("audit", "--event", "" + event).out()).contains("outcome", "created");
    assertThat(commands.run("audit", "--subject", "A1", "--kind", "requested").out())
        .contains("token");
    assertThat(commands.run("audit", "--subject", "A1", "--from", "2999-01-01").out())
        .startsWith("Nothing fits.");
    long last = entries.get(0).path("id").asLong();
    assertThat(
            commands
                .run("audit", "--subject", "A1", "--before", "" + last, "--limit", "1", "--json")
                .json()
                .get(0)
                .path("id")
                .asLong())
        .isEqualTo(entries.get(1).path("id").asLong());
  }

  @Test
  void everythingThatFitsIsWrittenAsLinesOrAsATable(@TempDir Path directory) throws IOException {
    long event = event("A2");
    Done lines = commands.run("audit", "--event", "" + event, "--format", "jsonl");
    assertThat(lines.exit()).as(lines.err()).isZero();
    JsonNode one = new JsonMapper().readTree(lines.out().lines().findFirst().orElseThrow());
    assertThat(one.path("entry").path("status").asString()).isEqualTo("COMP");
    Path file = directory.resolve("audit.csv");
    Done table =
        commands.run(
            "audit", "--event", "" + event, "--format", "csv", "--out", file.toString(), "--json");
    assertThat(table.json().path("file").asString()).isEqualTo(file.toString());
    List<String> rows = Files.readAllLines(file);
    assertThat(rows.getFirst())
        .isEqualTo("id,at,kind,instance,source,subject,event,by,reason,entry");
    assertThat(rows.get(1)).contains(",outcome,campus,campus,A2," + event + ",,created,\"{\"\"");
    assertThat(commands.run("audit", "--kind", "exported").out())
        .as("who took it is told")
        .contains("exported");
  }

  @Test
  void thePastOfAPersonIsErasedByAnAdmin() {
    event("A3");
    Done done = commands.run("erase", "A3", "--why", "asked for by letter", "--json");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(done.json().path("audit").asLong()).isEqualTo(1);
    assertThat(done.json().path("messages").asLong()).isEqualTo(1);
    assertThat(commands.run("audit", "--subject", "A3").out())
        .contains("erased by", "asked for by letter");
    assertThat(commands.run("audit", "--subject", "A3", "--format", "jsonl").out())
        .doesNotContain("Smith");
    assertThat(commands.run("erase", "nobody", "--why", "x").exit()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "2,audit --kind nonsense",
    "2,audit --limit 0",
    "2,audit --from yesterday",
    "2,audit --event x",
    "2,audit --format xml",
    "2,audit --out file",
    "2,audit --format csv --before 1",
    "2,erase",
    "2,erase A1"
  })
  void whatCannotBeMeantIsUsage(int exit, String arguments) {
    assertThat(commands.run(arguments.split(" ")).exit()).isEqualTo(exit);
  }
}
