package dev.rollcall.cli;

import dev.rollcall.app.Home;
import dev.rollcall.app.OfflineAdoption;
import dev.rollcall.config.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says that a copied, restored or moved database belongs where it is now. */
@Command(
    name = "adopt",
    description = {
      "Let Rollcall work on a database that was copied, restored or moved.",
      "Only when the original does not run any more, or its targets are not the ones named here:",
      "both would be worked."
    })
final class AdoptCommand implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();

  @Option(names = "--why", required = true, description = "For whoever reads the audit.")
  private String why = "";

  @Option(
      names = "--config",
      description = "Without a running service: the settings that name the database.")
  private @Nullable Path config;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    if (why.isBlank()) {
      throw new CommandFailure(ExitCode.USAGE, "--why must say something");
    }
    Path file = config;
    JsonNode answer =
        file == null ? service.post("/api/environment/adopt", Map.of("why", why)) : offline(file);
    output.answer(answer, () -> tell(answer));
    return ExitCode.DONE;
  }

  private JsonNode offline(Path file) {
    List<?> differences =
        OfflineAdoption.adopt(
            new SettingsFile(System.getenv()).read(file), Home.of(System.getenv()), why);
    return JSON.valueToTree(Map.of("adopted", !differences.isEmpty(), "differences", differences));
  }

  private static void tell(JsonNode answer) {
    if (!answer.path("adopted").asBoolean()) {
      System.out.println("The database is where it is bound; nothing was changed.");
      return;
    }
    System.out.println("The database belongs here now:");
    answer
        .path("differences")
        .forEach(one ->
            System.out.printf(
                "  %s was %s and is %s%n",
                Output.text(one.path("words")),
                Output.text(one.path("bound")),
                one.path("now").isNull() ? "not to be seen" : Output.text(one.path("now"))));
  }
}
