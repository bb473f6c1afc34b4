package dev.rollcall.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Waits until nothing waits. */
@Command(name = "wait", description = "Wait until no event is due, being worked or to be retried.")
final class WaitCommand implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofMillis(100);

  @Option(names = "--idle", required = true, description = "What to wait for.")
  @SuppressWarnings("UnusedVariable") // there is nothing else yet; the word says what is meant
  private boolean idle;

  @Option(names = "--timeout", description = "For example 120s (default ${DEFAULT-VALUE}).")
  private String timeout = "120s";

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    Duration patience = Arguments.length("--timeout", timeout);
    Arguments.atLeast("--timeout", 0, patience.toSeconds());
    Instant end = Instant.now().plus(patience);
    JsonNode backlog = service.get("/api/backlog");
    while (!backlog.path("idle").asBoolean() && Instant.now().isBefore(end)) {
      Thread.sleep(PAUSE);
      backlog = service.get("/api/backlog");
    }
    JsonNode last = backlog;
    output.answer(last, () -> tell(last));
    return last.path("idle").asBoolean() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void tell(JsonNode backlog) {
    System.out.printf(
        "%s: %s waiting, %s due later%n",
        backlog.path("idle").asBoolean() ? "Idle" : "Not idle",
        backlog.path("waiting"),
        backlog.path("due"));
  }
}
