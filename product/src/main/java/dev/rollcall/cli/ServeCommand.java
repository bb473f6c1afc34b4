package dev.rollcall.cli;

import dev.rollcall.app.Home;
import dev.rollcall.app.Https;
import dev.rollcall.app.Service;
import dev.rollcall.config.Settings;
import dev.rollcall.config.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the service. */
@Command(name = "serve", description = "Run the service until it is told to end.")
final class ServeCommand implements Callable<Integer> {

  @Option(names = "--config", required = true, description = "The settings, a YAML file.")
  private Path config = Path.of("rollcall.yaml");

  @Option(names = "--port", description = "Instead of the one in the settings; 0 takes a free one.")
  private @Nullable Integer port;

  @Option(names = "--clock-skew", description = "Demo only: how wrong this clock is, e.g. 90s.")
  private @Nullable String clockSkew;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port != null && (port < 0 || port > 65_535)) {
      throw new CommandFailure(ExitCode.USAGE, "--port must be from 0 to 65535: " + port);
    }
    Map<String, String> environment = System.getenv();
    SettingsFile file = new SettingsFile(environment);
    Settings settings = file.read(config);
    String skew = clockSkew;
    if (skew != null && !settings.demo()) {
      throw new CommandFailure(ExitCode.REFUSED, "--clock-skew is for demos only");
    }
    Home home = Home.of(environment);
    CountDownLatch ended = new CountDownLatch(1);
    Service service =
        Service.start(
            () -> file.read(config),
            home,
            port,
            skew == null ? Duration.ZERO : Arguments.length("--clock-skew", skew));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              service.close();
              ended.countDown();
            }));
    String scheme = Https.scheme(settings);
    String url = scheme + "://" + settings.http().address() + ":" + service.port();
    ServiceClient.keepUnlessOther(
        home, url, service.token(), scheme.equals("https") ? Https.certificate(home) : null);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("url", url);
    answer.put("pid", ProcessHandle.current().pid());
    service
        .first()
        .ifPresent(first ->
            output.say(
                "The first user is %s; the password stands in first-password-*.json in %s"
                    .formatted(first.user(), home.directory())));
    Optional<String> objection = service.objection();
    objection.ifPresent(reason -> answer.put("refused", reason));
    objection.ifPresent(output::say);
    output.answer(answer, () -> tell(service, url));
    ended.await();
    return ExitCode.DONE;
  }

  /** The first password only where a person reads it: what programs read ends in logs. */
  private static void tell(Service service, String url) {
    System.out.println("Rollcall answers at " + url);
    service
        .first()
        .ifPresent(first ->
            System.out.println(
                "Sign in there as %s with %s".formatted(first.user(), first.password())));
  }
}
