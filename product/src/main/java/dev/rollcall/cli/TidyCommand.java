package dev.rollcall.cli;

import dev.rollcall.app.Home;
import dev.rollcall.app.TidyPreview;
import dev.rollcall.config.SettingsFile;
import dev.rollcall.demo.Demo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Removes what is old, or says what would be removed. */
@Command(
    name = "tidy",
    description = "Remove what is older than the settings say (keep), now instead of at night.")
final class TidyCommand implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();

  @Option(
      names = "--dry-run",
      description = "Only say what would go; works whether the service runs or not.")
  private boolean dryRun;

  @Option(
      names = "--config",
      description = "With --dry-run: the settings (default: the home's rollcall.yaml).")
  private @Nullable Path config;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    if (config != null && !dryRun) {
      throw new CommandFailure(
          ExitCode.USAGE, "--config goes with --dry-run; the running service has its settings");
    }
    JsonNode answer = dryRun ? look() : service.postPatiently("/api/tidy", Map.of());
    output.answer(answer, () -> tell(answer));
    return answer.path("complete").asBoolean() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private JsonNode look() {
    Home home = Home.of(System.getenv());
    return JSON.valueToTree(
        TidyPreview.look(new SettingsFile(System.getenv()).read(settings(home)), home));
  }

  private Path settings(Home home) {
    Path given = config;
    if (given != null) {
      return given;
    }
    Path own = home.directory().resolve("rollcall.yaml");
    return Files.exists(own) ? own : Demo.settings(home).orElse(own);
  }

  private static void tell(JsonNode answer) {
    boolean only = answer.path("dryRun").asBoolean();
    answer
        .path("before")
        .properties()
        .forEach(kind -> {
          System.out.printf(
              "%s %,d %s from before %s%n",
              only ? "Would remove" : "Removed",
              answer.path(kind.getKey()).asLong(),
              named(kind.getKey()),
              Output.text(kind.getValue()));
          String kept =
              answer.path("kept").path(kind.getKey()).properties().stream()
                  .map(reason -> "%,d %s".formatted(reason.getValue().asLong(), reason.getKey()))
                  .collect(Collectors.joining(", "));
          if (!kept.isEmpty()) {
            System.out.println("  old, but kept: " + kept);
          }
        });
    if (!answer.path("complete").asBoolean()) {
      System.out.println("It was stopped before it came to its end; the next time goes on.");
    }
  }

  private static String named(String kind) {
    return switch (kind) {
      case "events" -> "finished events";
      case "messages" -> "contents of messages";
      case "messageRows" -> "rows of messages";
      case "lines" -> "lines of requests";
      case "sessions" -> "sessions of many people";
      case "hcmRuns" -> "runs over Oracle HCM";
      case "deletedProfiles" -> "profiles of people who were deleted";
      case "held" -> "held changes that were done with";
      case "audit" -> "audit entries";
      default -> kind;
    };
  }
}
