package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What programs come in with. */
@Command(
    name = "tokens",
    description = "List the tokens of programs, make one, or revoke one.",
    subcommands = {
      TokensCommand.Listing.class,
      TokensCommand.Create.class,
      TokensCommand.Revoke.class
    })
final class TokensCommand implements Callable<Integer> {

  private static final String TOKENS = "/api/tokens";

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  /** Without a subcommand: which there are. */
  @Override
  public Integer call() {
    return list(service, output);
  }

  private static int list(ServiceClient service, Output output) {
    output.answerRows(
        service.get(TOKENS),
        "No tokens.",
        Column.of("TOKEN", "name"),
        Column.of("ROLE", "role"),
        new Column("NATIONAL IDS", token -> token.path("nationalIds").asBoolean() ? "yes" : "no"),
        Column.of("MADE BY", "createdBy"),
        Column.of("EXPIRES", "expires"),
        Column.of("LAST USED", "lastUsed"),
        Column.of("REVOKED", "revoked"));
    return ExitCode.DONE;
  }

  @Command(name = "list", description = "List the tokens of programs.")
  static final class Listing implements Callable<Integer> {
    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      return list(service, output);
    }
  }

  @Command(name = "create", description = "Make a token; it is shown once.")
  static final class Create implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Option(names = "--role", required = true, description = "viewer, operator or admin.")
    private String role = "";

    @Option(names = "--national-ids", description = "May see national ids.")
    private boolean nationalIds;

    @Option(names = "--expires", description = "90d or 2027-01-31 (default: never).")
    private @Nullable String expires;

    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      Map<String, Object> wanted = new LinkedHashMap<>();
      wanted.put("name", name);
      wanted.put("role", role);
      wanted.put("nationalIds", nationalIds);
      if (expires != null) {
        wanted.put("expires", Arguments.until("--expires", expires).toString());
      }
      JsonNode created = service.post(TOKENS, wanted);
      output.answer(created, () -> System.out.println(Output.text(created.path("token"))));
      return ExitCode.DONE;
    }
  }

  @Command(name = "revoke", description = "Let nobody in with this token any more.")
  static final class Revoke implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      JsonNode token = service.post(TOKENS + "/" + Arguments.segment(name) + "/revoke", Map.of());
      output.answer(
          token, () -> System.out.println("Revoked " + Output.text(token.path("name")) + "."));
      return ExitCode.DONE;
    }
  }
}
