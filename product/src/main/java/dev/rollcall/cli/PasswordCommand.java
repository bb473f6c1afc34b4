package dev.rollcall.cli;

import dev.rollcall.access.RefusedAccess;
import dev.rollcall.access.Users;
import dev.rollcall.app.Home;
import dev.rollcall.app.PasswordReset;
import dev.rollcall.config.SettingsFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Passwords of the people who sign in. */
@Command(
    name = "password",
    description = "Help somebody who cannot sign in any more.",
    subcommands = PasswordCommand.Reset.class)
final class PasswordCommand {

  @Command(
      name = "reset",
      description = "Give a user a new password, shown once; needs no running service.")
  static final class Reset implements Callable<Integer> {
    @Parameters(paramLabel = "USER")
    private String user = "";

    @Option(names = "--config", description = "The settings (default: the home's rollcall.yaml).")
    private @Nullable Path config;

    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      Home home = Home.of(System.getenv());
      Path given = config;
      Path file = given == null ? home.directory().resolve("rollcall.yaml") : given;
      Users.Fresh fresh = reset(home, file);
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("user", fresh.user());
      answer.put("password", fresh.password());
      output.answer(
          answer,
          () ->
              System.out.printf(
                  "%s signs in with %s once, and then chooses another password.%n",
                  fresh.user(), fresh.password()));
      return ExitCode.DONE;
    }

    private Users.Fresh reset(Home home, Path file) {
      try {
        return PasswordReset.run(new SettingsFile(System.getenv()).read(file), home, user);
      } catch (RefusedAccess refused) {
        int code =
            switch (refused.kind()) {
              case UNKNOWN -> ExitCode.NOT_FOUND;
              case CONFLICT, UNFIT -> ExitCode.FAILED;
            };
        throw new CommandFailure(code, String.valueOf(refused.getMessage()));
      }
    }
  }
}
