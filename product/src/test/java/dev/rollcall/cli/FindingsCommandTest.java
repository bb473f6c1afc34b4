package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.InProcess.Done;
import dev.rollcall.web.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a person should look at, from the command line. */
class FindingsCommandTest {

  private static RunningService service;
  private static InProcess commands;

  @BeforeAll
  static void start() {
    service = RunningService.start("expected: [email]");
    commands = new InProcess(service);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void whatIsFoundIsListedUntilSomebodyHasLooked() {
    service.sendPerson("F1", "Ann", "C1");
    service.settle();
    Done listed = commands.run("findings", "--subject", "F1", "--json");
    assertThat(listed.exit()).isZero();
    JsonNode one = listed.json().get(0);
    assertThat(one.propertyNames())
        .contains("id", "kind", "subject", "since", "instance", "text", "count");
    assertThat(one.path("kind").asString()).isEqualTo("missing-attribute");
    assertThat(one.path("text").asString()).startsWith("no email");
    assertThat(commands.run("findings").out()).contains("F1", "no email");
    assertThat(commands.run("findings", "--kind", "failed-date").out())
        .isEqualTo("Nothing to look at." + System.lineSeparator());
    String id = one.path("id").asString();
    Done done = commands.run("findings", "done", id, "--why", "a guest", "--json");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(done.json().path("by").asString()).isNotBlank();
    assertThat(commands.run("findings", "--subject", "F1", "--json").json()).isEmpty();
    assertThat(commands.run("findings", "done", id, "--why", "again").exit()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "2,findings --kind nonsense",
    "2,findings --limit 0",
    "2,findings done 1",
    "2,findings done x --why y",
    "4,findings done 99999 --why y"
  })
  void whatCannotBeMeantIsUsageAndWhatIsNotThereIsNotFound(int exit, String arguments) {
    assertThat(commands.run(arguments.split(" ")).exit()).isEqualTo(exit);
  }
}
