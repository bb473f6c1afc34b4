package dev.rollcall.bench;

import dev.rollcall.app.Home;
import dev.rollcall.bench.BudgetBench.Scenario;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.EventTally;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.sync.budget.BudgetStanding;
import dev.rollcall.sync.budget.Budgets;
import dev.rollcall.sync.budget.Pace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same as {@link BudgetBench} in real time: the Okta simulator and two processes that share one
 * budget through the database, each in a JVM of its own. All that is counted is counted by the
 * simulator, window by window; the first one is for warming up.
 */
public final class BudgetRealBench {

  private static final int MEASURED = 3;
  private static final int COMPETITOR = 300;
  private static final String CALLER = "default";
  private static final String TOKEN = "simulated-token";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AT_MOST = Duration.ofMinutes(10);

  /** In the middle of a window it is known what the budget makes of it. */
  private static final Duration MIDDLE = Duration.ofSeconds(30);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Home home;
  private final ScratchDatabase scratch;
  private final Path simulators;
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param simulators the jar
   */
  public BudgetRealBench(Home home, ScratchDatabase scratch, Path simulators) {
    this.home = home;
    this.scratch = scratch;
    this.simulators = simulators;
  }

  /** One window as the simulator counted it. */
  record Counted(
      Instant opened, int ours, int refused, int others, int signIns, int signInsRefused) {

    /** Whether we and the other integration took of what is kept for people who sign in. */
    boolean touched() {
      return ours > 0 && ours + others > BudgetBench.SHARE;
    }

    /** What somebody could have used who knew beforehand what the other one draws. */
    int left() {
      return Math.clamp(BudgetBench.SHARE - (long) others, 0, BudgetBench.TOKEN_LIMIT);
    }

    int permitted(int asTheBudgetSays) {
      // A refusal stops the bucket: more than was used by then was not permitted.
      return refused > 0
          ? ours
          : Math.min(Math.min(BudgetBench.TOKEN_LIMIT, BudgetBench.SHARE), asTheBudgetSays);
    }
  }

  /**
   * Runs a scenario for a first window and three more, in about four and a half minutes.
   *
   * @throws IOException when a process cannot be started
   * @throws IllegalStateException when one of them does not do what it should
   */
  public Map<String, Object> run(Scenario scenario) throws IOException, InterruptedException {
    Path state = Files.createTempDirectory(home.directory(), "bench-okta-");
    Thread atExit = new Thread(this::end, "bench-budget");
    Runtime.getRuntime().addShutdownHook(atExit);
    try (HttpSender sender = new HttpSender(PATIENCE)) {
      URI okta = startSimulators(state);
      set(sender, okta, scenario);
      startSpender(okta, 0);
      startSpender(okta, scenario == Scenario.SKEW ? -BudgetBench.SKEW.toSeconds() : 0);
      return told(scenario, watch(sender, okta));
    } finally {
      end();
      Runtime.getRuntime().removeShutdownHook(atExit);
      try (var files = Files.list(state)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(state);
    }
  }

  private URI startSimulators(Path state) throws IOException {
    if (!Files.isReadable(simulators)) {
      throw new IllegalStateException(
          "The simulators are not there: " + simulators + "; build them with 'mvn package'");
    }
    Process process =
        start(
            "-jar",
            simulators.toString(),
            "--port",
            "0",
            "--okta-port",
            "0",
            "--okta-token",
            TOKEN,
            "--state",
            state.toString());
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    if (line == null) {
      throw new IllegalStateException("The simulators ended instead of starting");
    }
    return URI.create(JSON.readTree(line).path("okta").asString());
  }

  private void startSpender(URI okta, long wrongBySeconds) throws IOException {
    start(
        "-cp",
        System.getProperty("java.class.path"),
        BudgetSpender.class.getName(),
        scratch.name(),
        okta.toString(),
        TOKEN,
        Long.toString(wrongBySeconds));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("ROLLCALL_HOME", home.directory().toString());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private void end() {
    for (Process process : processes) {
      process.destroy();
    }
    for (Process process : processes) {
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException stop) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void set(HttpSender sender, URI okta, Scenario scenario) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("limits", Map.of(BudgetBench.BUCKET, BudgetBench.ORG_LIMIT));
    settings.put("share", 100 * BudgetBench.TOKEN_LIMIT / BudgetBench.ORG_LIMIT);
    settings.put("latencyMillis", 100);
    if (scenario == Scenario.SKEW) {
      settings.put("skewMillis", BudgetBench.SKEW.toMillis());
    }
    ask(sender, okta, "POST", "settings", settings);
    traffic(sender, okta, "login", BudgetBench.SIGN_INS);
    if (scenario == Scenario.COMPETITOR) {
      traffic(sender, okta, "competitor", COMPETITOR);
    }
  }

  private static void traffic(HttpSender sender, URI okta, String kind, int perMinute)
      throws IOException {
    ask(
        sender,
        okta,
        "POST",
        "traffic",
        Map.of("kind", kind, "bucket", BudgetBench.BUCKET, "perMinute", perMinute));
  }

  private static JsonNode ask(
      HttpSender sender, URI okta, String method, String what, @Nullable Object body)
      throws IOException {
    Exchange answer =
        sender.send(
            method,
            okta.resolve("/_control/" + what),
            Map.of("Content-Type", "application/json"),
            body == null ? null : JSON.writeValueAsString(body));
    if (!answer.success()) {
      throw new IllegalStateException(
          "The simulator answered %d to %s: %s".formatted(answer.status(), what, answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  /** What was seen: the windows, of which the last one is over, and what the budget permitted. */
  record Seen(List<Counted> windows, Map<Instant, Integer> permitted) {}

  private Seen watch(HttpSender sender, URI okta) throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    var jdbc = scratch.database().jdbc();
    Budgets budgets =
        new Budgets(
            jdbc,
            clock,
            Pace.real(),
            new EventLookup(jdbc, clock),
            new EventTally(scratch.database(), clock),
            Map.of());
    Map<Instant, Integer> permitted = new HashMap<>();
    Instant latest = clock.instant().plus(AT_MOST);
    while (clock.instant().isBefore(latest)) {
      Thread.sleep(Duration.ofSeconds(1));
      for (Process process : processes) {
        if (!process.isAlive()) {
          throw new IllegalStateException(
              "A process ended before the measurement did, with " + process.exitValue());
        }
      }
      List<Counted> windows = windows(ask(sender, okta, "GET", "state?part=windows", null));
      if (windows.size() > MEASURED + 1) {
        return new Seen(windows.subList(0, MEASURED + 1), permitted);
      }
      if (!windows.isEmpty()) {
        Instant opened = windows.getLast().opened();
        if (clock.instant().isBefore(opened.plus(MIDDLE))) {
          for (BudgetStanding one : budgets.standing()) {
            permitted.put(opened, one.permitted());
          }
        }
      }
    }
    throw new IllegalStateException("The windows did not come to their end");
  }

  /** Only those in which we called: people sign in while our processes still start. */
  static List<Counted> windows(JsonNode state) {
    List<Counted> windows = new ArrayList<>();
    for (JsonNode window : state.path("windows").path(BudgetBench.BUCKET)) {
      JsonNode ours = window.path("callers").path(CALLER);
      JsonNode others = window.path("others");
      if (!windows.isEmpty() || ours.path("used").asInt(0) + ours.path("refused").asInt(0) > 0) {
        windows.add(
            new Counted(
                Instant.parse(window.path("opened").asString()),
                ours.path("used").asInt(0),
                ours.path("refused").asInt(0),
                others.path("competitor").path("used").asInt(0),
                others.path("login").path("used").asInt(0),
                others.path("login").path("refused").asInt(0)));
      }
    }
    return windows;
  }

  static Map<String, Object> told(Scenario scenario, Seen seen) {
    Counted first = seen.windows().getFirst();
    int most = Math.min(BudgetBench.TOKEN_LIMIT, BudgetBench.SHARE);
    int permitted = 0;
    int used = 0;
    int refused = first.ours() > most ? first.refused() : 0;
    int touched = 0;
    int left = 0;
    int signInsRefused = 0;
    List<Map<String, Object>> each = new ArrayList<>();
    for (Counted window : seen.windows().subList(1, seen.windows().size())) {
      int here = window.permitted(seen.permitted().getOrDefault(window.opened(), most));
      permitted += here;
      used += window.ours();
      left += window.left();
      refused += window.refused();
      touched += window.touched() ? 1 : 0;
      signInsRefused += window.signInsRefused();
      each.add(counted(window, here));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("scenario", scenario.code());
    result.put("permitted", permitted);
    result.put("used", used);
    result.put("ratio", ratio(used, permitted));
    result.put("own429", refused);
    result.put("reserveTouched", touched);
    result.put("loginsRefused", signInsRefused);
    result.put("firstMinute", counted(first, most));
    result.put("windows", each);
    result.put("ratioToLeft", ratio(used, left));
    result.put("comparedWith", "the windows that the simulator counted, in real time");
    result.put("processes", 2);
    return result;
  }

  private static double ratio(int part, int whole) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", (double) part / whole));
  }

  private static Map<String, Object> counted(Counted window, int permitted) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("permitted", permitted);
    told.put("used", window.ours());
    told.put("refused", window.refused());
    told.put("competitor", window.others());
    told.put("logins", window.signIns());
    told.put("loginsRefused", window.signInsRefused());
    return told;
  }
}
