package dev.rollcall.cli;

import dev.rollcall.access.RefusedAccess;
import dev.rollcall.app.Home;
import dev.rollcall.app.RefusedStart;
import dev.rollcall.app.TidyPreview;
import dev.rollcall.config.InvalidSettings;
import dev.rollcall.config.UnusableKey;
import dev.rollcall.db.DatabaseException;
import dev.rollcall.db.LocalPostgresException;
import dev.rollcall.demo.DemoFailure;
import dev.rollcall.web.Web;
import dev.rollcall.web.tls.BadCertificate;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code rollcall COMMAND}. Exit status as in {@link ExitCode}. */
@Command(
    name = "rollcall",
    description = "Keeps the people in a system of record and the accounts around it in step.",
    mixinStandardHelpOptions = true,
    version = "rollcall 0.1.0-SNAPSHOT",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      WaitCommand.class,
      ClockCommand.class,
      InstancesCommand.class,
      BudgetCommand.class,
      EventsCommand.class,
      EventCommand.class,
      RetryCommand.class,
      OktaCommand.class,
      SessionsCommand.class,
      SuspendedCommand.class,
      ResolveCommand.class,
      FindingsCommand.class,
      AuditCommand.class,
      EraseCommand.class,
      PersonCommand.class,
      ResyncCommand.class,
      PreviewCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      HeldCommand.class,
      ReleaseCommand.class,
      RejectCommand.class,
      LoadCommand.class,
      ExportCommand.class,
      RolesCommand.class,
      ReloadCommand.class,
      TidyCommand.class,
      UsersCommand.class,
      TokensCommand.class,
      PasswordCommand.class,
      AdoptCommand.class,
      SecretCommand.class,
      BenchCommand.class
    })
public final class Rollcall {

  private Rollcall() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine line = new CommandLine(new Rollcall());
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      command.getErr().println(told(failure));
      return switch (failure) {
        case CommandFailure known -> known.exitCode();
        case RefusedStart _ -> ExitCode.REFUSED;
        default -> ExitCode.FAILED;
      };
    });
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return arguments.length == 0 ? usage(line) : line.execute(arguments);
  }

  private static int usage(CommandLine line) {
    line.usage(System.err);
    return ExitCode.USAGE;
  }

  /** Failures that say all a person needs are told as they are; of others the kind is told too. */
  private static String told(Exception failure) {
    return switch (failure) {
      case CommandFailure known -> String.valueOf(known.getMessage());
      case InvalidSettings known -> String.valueOf(known.getMessage());
      case UnusableKey known -> "The key for encrypted settings: " + known.getMessage();
      case LocalPostgresException known -> String.valueOf(known.getMessage());
      case DatabaseException known -> String.valueOf(known.getMessage());
      case DemoFailure known -> String.valueOf(known.getMessage());
      case Home.UnusableHome known -> String.valueOf(known.getMessage());
      case TidyPreview.NoTables known -> String.valueOf(known.getMessage());
      case RefusedAccess known -> String.valueOf(known.getMessage());
      case RefusedStart known -> String.valueOf(known.getMessage());
      case BadCertificate known -> String.valueOf(known.getMessage());
      case Web.PortTaken known -> String.valueOf(known.getMessage());
      default -> "Failed: " + failure;
    };
  }
}
