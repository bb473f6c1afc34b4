package dev.rollcall.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What release and reject have in common: one or all, and the reason. */
final class Deciding {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      description = "An event that ended held.")
  private @Nullable Long event;

  @Option(names = "--all", description = "All of an instance and class that nobody has decided.")
  private boolean all;

  @Option(names = "--instance", description = "With --all: whose.")
  private @Nullable String instance;

  @Option(
      names = "--class",
      description = "Only this class, for example deactivations; needed with --all.")
  private @Nullable String changeClass;

  @Option(names = "--why", required = true, description = "The reason, for the audit.")
  private String why = "";

  /** Sends the decision; {@code release} or {@code reject}. */
  JsonNode send(ServiceClient service, String decision) {
    if ((event == null) != all) {
      throw new CommandFailure(ExitCode.USAGE, "Name either one event or --all");
    }
    if (all && (instance == null || changeClass == null)) {
      throw new CommandFailure(ExitCode.USAGE, "--all needs --instance and --class");
    }
    if (!all && instance != null) {
      throw new CommandFailure(ExitCode.USAGE, "--instance goes with --all");
    }
    if (why.isBlank()) {
      throw new CommandFailure(ExitCode.USAGE, "--why must say why");
    }
    Map<String, String> body = new LinkedHashMap<>(Arguments.asked(why));
    if (instance != null) {
      body.put("instance", instance);
    }
    if (changeClass != null) {
      body.put("class", changeClass);
    }
    return service.post("/api/held/" + (all ? "" : event + "/") + decision, body);
  }

  boolean all() {
    return all;
  }
}
