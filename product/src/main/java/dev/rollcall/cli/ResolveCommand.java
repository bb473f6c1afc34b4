package dev.rollcall.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Decides a suspended event. */
@Command(name = "resolve", description = "Decide which account a suspended person has.")
final class ResolveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EVENT", description = "As 'rollcall suspended' lists it.")
  private long event;

  /** What to decide: exactly one of both. */
  static final class Choice {
    @Option(names = "--link", paramLabel = "ID", description = "This account is the person's.")
    private @Nullable String link;

    @Option(names = "--create", description = "None is: make a new one.")
    private boolean create;
  }

  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  @Option(
      names = "--why",
      required = true,
      paramLabel = "TEXT",
      description = "What the decision rests on; kept in the audit.")
  private String why = "";

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Map<String, Object> body = new HashMap<>();
    body.put("why", why);
    if (choice.link == null) {
      body.put("create", choice.create);
    } else {
      body.put("link", choice.link);
    }
    JsonNode answer = service.post("/api/events/" + event + "/resolve", body);
    output.answer(
        answer,
        () ->
            System.out.printf(
                "Event %s carries out what was decided about event %d.%n",
                answer.path("event"), event));
    return ExitCode.DONE;
  }
}
