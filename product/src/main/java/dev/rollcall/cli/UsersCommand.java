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

/** People who may sign in. */
@Command(
    name = "users",
    description = "List the people who may sign in, or change who may and what.",
    subcommands = {
      UsersCommand.Listing.class,
      UsersCommand.Add.class,
      UsersCommand.Allow.class,
      UsersCommand.Disable.class,
      UsersCommand.Enable.class
    })
final class UsersCommand implements Callable<Integer> {

  private static final String USERS = "/api/users";

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  /** Without a subcommand: who there is. */
  @Override
  public Integer call() {
    return list(service, output);
  }

  private static int list(ServiceClient service, Output output) {
    output.answerRows(
        service.get(USERS),
        "No users.",
        Column.of("USER", "user"),
        Column.of("ROLE", "role"),
        new Column("NATIONAL IDS", user -> user.path("nationalIds").asBoolean() ? "yes" : "no"),
        new Column("STATE", UsersCommand::state),
        Column.of("LAST SIGN-IN", "lastSignIn"));
    return ExitCode.DONE;
  }

  private static String state(JsonNode user) {
    if (user.path("disabled").asBoolean()) {
      return "disabled";
    }
    return user.path("mustChange").asBoolean() ? "must change password" : "";
  }

  @Command(name = "list", description = "List the people who may sign in.")
  static final class Listing implements Callable<Integer> {
    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      return list(service, output);
    }
  }

  @Command(name = "add", description = "Add somebody; the password is shown once.")
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Option(names = "--role", required = true, description = "viewer, operator or admin.")
    private String role = "";

    @Option(names = "--national-ids", description = "May see national ids.")
    private boolean nationalIds;

    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      JsonNode fresh =
          service.post(USERS, Map.of("user", name, "role", role, "nationalIds", nationalIds));
      output.answer(
          fresh,
          () ->
              System.out.printf(
                  "%s signs in with %s once, and then chooses another password.%n",
                  Output.text(fresh.path("user")), Output.text(fresh.path("password"))));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "role",
      description = "Give somebody another role, or the right to see national ids.")
  static final class Allow implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ROLE")
    private @Nullable String role;

    @Option(names = "--national-ids", paramLabel = "yes|no", description = "May see national ids.")
    private @Nullable String nationalIds;

    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      Map<String, Object> wanted = new LinkedHashMap<>();
      if (role != null) {
        wanted.put("role", role);
      }
      if (nationalIds != null) {
        wanted.put("nationalIds", Arguments.yesOrNo("--national-ids", nationalIds));
      }
      return change(service, output, name, "role", wanted);
    }
  }

  @Command(name = "disable", description = "Let somebody in no more, from now on.")
  static final class Disable implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      return change(service, output, name, "disable", Map.of());
    }
  }

  @Command(name = "enable", description = "Let somebody in again.")
  static final class Enable implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      return change(service, output, name, "enable", Map.of());
    }
  }

  private static int change(
      ServiceClient service, Output output, String name, String what, Map<String, ?> body) {
    JsonNode user = service.post(USERS + "/" + Arguments.segment(name) + "/" + what, body);
    output.answer(
        user,
        () ->
            System.out.printf(
                "%s: %s%s%s%n",
                Output.text(user.path("user")),
                Output.text(user.path("role")),
                user.path("nationalIds").asBoolean() ? ", may see national ids" : "",
                user.path("disabled").asBoolean() ? ", disabled" : ""));
    return ExitCode.DONE;
  }
}
