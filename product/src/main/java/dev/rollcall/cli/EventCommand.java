package dev.rollcall.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows one event. */
@Command(name = "event", description = "Show what happened to an event, in order, and why.")
final class EventCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID")
  private long id;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer = service.get("/api/events/" + id);
    output.answer(answer, () -> tell(answer));
    return ExitCode.DONE;
  }

  private static void tell(JsonNode answer) {
    JsonNode event = answer.path("event");
    System.out.printf(
        "Event %s of %s about %s:%s, cause %s: %s%n",
        Output.text(event.path("event")),
        Output.text(event.path("instance")),
        Output.text(event.path("source")),
        Output.text(event.path("subject")),
        Output.text(event.path("cause")),
        Output.text(event.path("status")));
    if (!event.path("parent").isNull()) {
      System.out.println(
          "Follows up event "
              + Output.text(event.path("parent"))
              + (answer.path("parentRemoved").asBoolean() ? ", which is no longer kept" : ""));
    }
    if (!event.path("reason").isNull()) {
      System.out.println("Because: " + Output.text(event.path("reason")));
    }
    for (JsonNode step : answer.path("history")) {
      JsonNode entry = step.path("entry");
      System.out.printf(
          "%n%s  %s  %s%n",
          Output.text(step.path("at")),
          Output.text(step.path("kind")),
          Output.text(entry.path("reason")));
      if (entry.has("match")) {
        System.out.println("  match: " + Output.text(entry.path("match").path("reason")));
      }
      entry.path("changes").forEach(EventCommand::change);
    }
    answer
        .path("followUps")
        .forEach(next -> System.out.println("Followed up by event " + next.path("event")));
  }

  static void change(JsonNode change) {
    if (change.has("role")) {
      System.out.printf(
          "  %s %s   (%s)%n",
          Output.text(change.path("change")),
          Output.text(change.path("role")),
          Output.text(change.path("reason")));
      return;
    }
    System.out.printf(
        "  %s %s: %s -> %s   (%s)%n",
        Output.text(change.path("change")),
        Output.text(change.has("attribute") ? change.path("attribute") : change.path("code")),
        shown(change.path("before")),
        shown(change.path("after")),
        Output.text(change.path("reason")));
  }

  private static String shown(JsonNode value) {
    return value.isString()
        ? "'" + Output.text(value) + "'"
        : value.isMissingNode() ? "" : Output.printable(value.toString());
  }
}
