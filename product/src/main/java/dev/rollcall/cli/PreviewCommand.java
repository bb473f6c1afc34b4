package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what would be done now, without doing it. */
@Command(
    name = "preview",
    description =
        "Say what would be done now about one person, or about everybody, and do nothing.")
final class PreviewCommand implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();

  @Parameters(index = "0", paramLabel = "INSTANCE")
  private String instance = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The person's id in the source; everybody without it.")
  private @Nullable String id;

  @Option(names = "--out", description = "Write every person's changes here, a JSON object a line.")
  private @Nullable Path out;

  @Option(
      names = "--link",
      description = "Link everybody who has exactly one account; no account is written.")
  private boolean link;

  @Option(names = "--why", description = "The reason for linking, for the audit.")
  private @Nullable String why;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    if (link && (id != null || out != null)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--link is about everybody and writes no file: name neither ID nor --out");
    }
    String path = "/api/instances/" + Arguments.segment(instance);
    if (link) {
      JsonNode answer = service.stream(path + "/link" + asked(), InputStream.nullInputStream());
      output.answer(answer, () -> tellLinked(answer));
    } else if (id != null) {
      JsonNode answer = service.get(path + "/preview/" + Arguments.segment(id));
      output.answer(answer, () -> tellPerson(answer));
    } else {
      JsonNode answer = everybody(path);
      output.answer(answer, () -> tellEverybody(answer));
    }
    return ExitCode.DONE;
  }

  private String asked() {
    StringBuilder query = new StringBuilder();
    Arguments.asked(why)
        .forEach((name, text) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(Arguments.segment(text)));
    return query.toString();
  }

  private JsonNode everybody(String path) throws IOException {
    Path file = out;
    if (file == null) {
      return everybody(path + "/preview", OutputStream.nullOutputStream());
    }
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      return everybody(path + "/preview?people=true", stream);
    }
  }

  private JsonNode everybody(String path, OutputStream people) {
    LastLineApart lines = new LastLineApart(people);
    service.receive(path, lines);
    String numbers = lines.last();
    if (numbers == null) {
      throw new CommandFailure(
          ExitCode.FAILED, "The preview broke off; the service's log says why. Repeat the command");
    }
    return JSON.readTree(numbers);
  }

  private static void tellPerson(JsonNode answer) {
    String outcome = Output.text(answer.path("outcome"));
    String reason = Output.text(answer.path("reason"));
    System.out.println(
        Output.text(answer.path("subject"))
            + " would be "
            + outcome
            + (reason.equals(outcome) ? "." : ": " + reason));
    JsonNode match = answer.path("match");
    if (match.isObject()) {
      System.out.println(
          "Match: " + Output.text(match.path("kind")) + ", " + Output.text(match.path("reason")));
    }
    answer.path("changes").forEach(EventCommand::change);
    System.out.println("Nothing was written.");
  }

  private void tellEverybody(JsonNode answer) {
    System.out.println(answer.path("people") + " people; nothing was written.");
    answer.path("match").forEachEntry((kind, count) -> System.out.printf("%8s %s%n", count, kind));
    System.out.println();
    answer
        .path("outcomes")
        .forEachEntry((kind, count) -> System.out.printf("%8s %s%n", count, kind));
    System.out.println();
    Output.table(
        answer.path("changes"),
        "No changes.",
        Column.of("CHANGE", "change"),
        Column.of("ATTRIBUTE", "attribute"),
        Column.of("COUNT", "count"));
    if (out != null) {
      System.out.println("Every person's changes are in " + out);
    }
  }

  private static void tellLinked(JsonNode answer) {
    System.out.println(
        answer.path("linked")
            + " of "
            + answer.path("people")
            + " people were linked; no account was written.");
    answer
        .path("match")
        .forEachEntry((kind, count) -> System.out.printf("%8s %s before%n", count, kind));
    if (answer.path("failed").asLong(0) > 0) {
      System.out.println(
          answer.path("failed") + " could not be linked, because their accounts were meanwhile.");
    }
  }
}
