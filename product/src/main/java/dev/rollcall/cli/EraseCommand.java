package dev.rollcall.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Forgets what was said about one person in the past. */
@Command(
    name = "erase",
    description = "Erase what audit, events and messages say of one person's past; for good.")
final class EraseCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SUBJECT", description = "The person's id in the source, or SOURCE:ID.")
  private String subject = "";

  @Option(
      names = "--why",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in words that do not name the person: they stay.")
  private String why = "";

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer =
        service.postPatiently(
            "/api/people/" + Arguments.segment(subject) + "/erase", Map.of("why", why));
    output.answer(
        answer,
        () ->
            System.out.printf(
                "Erased of %s:%s: %s audit entries, reasons of %s events, %s messages, %s"
                    + " findings.%n",
                Output.text(answer.path("source")),
                Output.text(answer.path("subject")),
                answer.path("audit"),
                answer.path("events"),
                answer.path("messages"),
                answer.path("findings")));
    return ExitCode.DONE;
  }
}
