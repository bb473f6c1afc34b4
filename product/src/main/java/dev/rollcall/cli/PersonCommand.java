package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows one person. */
@Command(
    name = "person",
    description = "Show one person: accounts, values and where they came from, what is due.")
final class PersonCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The person's id in the source.")
  private String id = "";

  @Option(names = "--national-ids", description = "Show them; needs the right, and is audited.")
  private boolean nationalIds;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode person =
        service.get(
            "/api/people/" + Arguments.segment(id) + (nationalIds ? "?nationalIds=true" : ""));
    output.answer(person, () -> tell(person));
    return ExitCode.DONE;
  }

  private static void tell(JsonNode person) {
    System.out.printf(
        "%s:%s  %s%n%n",
        Output.text(person.path("source")),
        Output.text(person.path("subject")),
        person.path("links").isEmpty() ? "no account" : Output.text(person.path("status")));
    Output.table(
        person.path("attributes"),
        "No values.",
        Column.of("ATTRIBUTE", "name"),
        Column.of("VALUE", "value"),
        Column.of("RULE", "rule"),
        Column.of("EFFECTIVE", "effdt"),
        Column.of("EVENT", "event"));
    System.out.println();
    Output.table(
        person.path("affiliations"),
        "No affiliations.",
        Column.of("INSTITUTION", "institution"),
        Column.of("CODE", "code"),
        Column.of("STATUS", "status"),
        Column.of("FROM", "from"),
        Column.of("TO", "to"),
        Column.of("STATE", "state"));
    List<String> roles = new ArrayList<>();
    person.path("roles").forEach(role -> roles.add(Output.text(role)));
    System.out.println();
    System.out.println(roles.isEmpty() ? "No roles." : "Roles: " + String.join(", ", roles));
    System.out.println();
    for (JsonNode due : person.path("due")) {
      System.out.println(
          "Due on " + Output.text(due.path("date")) + ": " + Output.text(due.path("why")));
    }
    Output.table(
        person.path("timeline"),
        "Nothing happened yet.",
        Column.of("EVENT", "event"),
        Column.of("AT", "at"),
        Column.of("CAUSE", "cause"),
        Column.of("STATUS", "status"),
        Column.of("REASON", "reason"));
  }
}
