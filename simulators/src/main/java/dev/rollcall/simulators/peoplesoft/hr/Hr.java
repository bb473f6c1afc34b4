package dev.rollcall.simulators.peoplesoft.hr;

import dev.rollcall.simulators.http.BadCall;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.http.ControlServer;
import dev.rollcall.simulators.http.Reply;
import dev.rollcall.simulators.peoplesoft.hr.HrDatabase.Address;
import dev.rollcall.simulators.peoplesoft.hr.HrScenario.Stepped;
import dev.rollcall.simulators.peoplesoft.population.Population;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * PeopleSoft HR behind its control calls. What happens to people is played one call at a time; all
 * else may be asked meanwhile. Safe for many threads.
 */
public final class Hr implements AutoCloseable {
  private static final int BATCH_SIZE = 10;
  private static final List<HrStep> KINDS = List.of(HrStep.values());

  private final HrDatabase database;
  private final Clock clock;
  private final long seed;
  private @Nullable HrFeed feed;

  private Hr(HrDatabase database, Clock clock, long seed) {
    this.database = database;
    this.clock = clock;
    this.seed = seed;
  }

  /**
   * Makes the tables that are missing in a database.
   *
   * @param url of a PostgreSQL database that is there
   * @param user null when the address names it
   * @param password null when there is none
   * @param clock whose day is the day of what happens
   * @param seed used where a call names none
   */
  public static Hr in(
      String url, @Nullable String user, @Nullable String password, Clock clock, long seed) {
    HrDatabase database = new HrDatabase(new Address(url, user, password));
    database.create();
    return new Hr(database, clock, seed);
  }

  /** Adds its calls. */
  public void routes(ControlServer server) {
    server.route("POST", "/_control/hr/fill", this::fill);
    server.route("POST", "/_control/hr/play", this::play);
    server.route("POST", "/_control/hr/request", this::request);
    server.route("POST", "/_control/hr/feed", this::feed);
    server.route("POST", "/_control/hr/renew", this::renew);
    server.route("POST", "/_control/hr/vanish", this::vanish);
    server.route("POST", "/_control/hr/reset", this::reset);
    server.route("GET", "/_control/hr/state", _ -> Reply.ok(database.state()));
    server.route("GET", "/_control/hr/people", _ -> Reply.ok(database.everybody()));
    server.route("GET", "/_control/hr/expected", this::expected);
    server.route("GET", "/_control/hr/expected/{oprid}", this::expected);
  }

  private synchronized Reply fill(Call call) {
    call.only("people", "seed", "requests", "batch");
    Map<String, HrTruth> known = known();
    HrPopulation population = new HrPopulation(call.number("seed", seed));
    List<Stepped> steps = new ArrayList<>();
    int people = call.count("people", 10);
    for (int number = known.size() + 1; steps.size() < people; number++) {
      if (!known.containsKey(HrPopulation.oprid(number))) {
        steps.add(HrScenario.hire(population.person(number)));
      }
    }
    return written(call, known, steps);
  }

  private synchronized Reply play(Call call) {
    call.only("count", "what", "oprid", "oprids", "seed", "requests", "batch");
    Map<String, HrTruth> known = known();
    Optional<HrStep> wanted =
        call.text("what")
            .map(word ->
                HrStep.ofWord(word)
                    .orElseThrow(() ->
                        new BadCall(
                            "there is no step '%s'; known are %s"
                                .formatted(word, KINDS.stream().map(HrStep::word).toList()))));
    long drawn = call.number("seed", seed);
    RandomGenerator random = Population.random(drawn + known.size(), -1);
    List<String> oprids =
        call.text("oprid")
            .map(List::of)
            .orElseGet(() -> List.of(call.value("oprids", String[].class, new String[0])));
    Wish wish = new Wish(wanted, oprids, Set.of(), drawn);
    return written(call, known, drawn(known, call.count("count", 1), wish, random));
  }

  /**
   * What is to happen, and to whom; empty for whatever and whoever.
   *
   * @param except to whom nothing is to happen
   * @param seed of those who are hired
   */
  private record Wish(Optional<HrStep> step, List<String> oprids, Set<String> except, long seed) {}

  private static List<Stepped> drawn(
      Map<String, HrTruth> known, int count, Wish wish, RandomGenerator random) {
    HrScenario scenario = new HrScenario(random);
    Map<String, HrTruth> now = new TreeMap<>(known);
    List<Stepped> steps = new ArrayList<>();
    int tries = 0;
    while (steps.size() < count) {
      tries++;
      if (tries > 1_000 + 100 * count) {
        throw new BadCall(409, "nobody is left to whom that could happen");
      }
      HrStep step = wish.step().orElseGet(() -> KINDS.get(random.nextInt(KINDS.size())));
      step(wish, scenario, step, now, random)
          .ifPresent(stepped -> {
            now.put(stepped.truth().person().oprid(), stepped.truth());
            steps.add(stepped);
          });
    }
    return steps;
  }

  private static Optional<Stepped> step(
      Wish wish,
      HrScenario scenario,
      HrStep step,
      Map<String, HrTruth> now,
      RandomGenerator random) {
    if (step == HrStep.HIRE) {
      HrPopulation population = new HrPopulation(wish.seed());
      return Optional.of(HrScenario.hire(population.person(now.size() + 1)));
    }
    if (now.isEmpty()) {
      return Optional.empty();
    }
    List<String> oprids = wish.oprids().isEmpty() ? List.copyOf(now.keySet()) : wish.oprids();
    String oprid = oprids.get(random.nextInt(oprids.size()));
    HrTruth truth = now.get(oprid);
    if (truth == null) {
      throw new BadCall(404, "there is no " + oprid);
    }
    return wish.except().contains(oprid) ? Optional.empty() : scenario.apply(step, truth);
  }

  /** The requests that a hire brings, for people who were hired without any. */
  private synchronized Reply request(Call call) {
    call.only("oprids", "batch");
    Map<String, HrTruth> known = known();
    List<String> oprids =
        call.has("oprids")
            ? List.of(call.value("oprids", String[].class))
            : List.copyOf(known.keySet());
    List<RequestLine> lines = new ArrayList<>();
    for (String oprid : oprids) {
      HrTruth truth = known.get(oprid);
      if (truth == null) {
        throw new BadCall(404, "there is no " + oprid);
      }
      if (truth.person().types().isEmpty()) {
        throw new BadCall(409, oprid + " holds no identity type: nobody would ask for an account");
      }
      lines.addAll(HrScenario.hire(truth.person()).lines());
    }
    List<String> batches = database.request(lines, Math.max(1, call.count("batch", BATCH_SIZE)));
    return Reply.ok(Map.of("lines", lines.size(), "batches", batches));
  }

  /** Something happens to somebody again and again, until told otherwise or the end. */
  private synchronized Reply feed(Call call) {
    call.only("everySeconds", "seed", "except");
    close();
    int seconds = call.count("everySeconds", 0);
    if (seconds > 0) {
      Set<String> except = Set.of(call.value("except", String[].class, new String[0]));
      Wish wish = new Wish(Optional.empty(), List.of(), except, call.number("seed", seed));
      feed = HrFeed.start(Duration.ofSeconds(seconds), () -> happen(wish));
    }
    return Reply.ok(Map.of("everySeconds", seconds));
  }

  /** One step; another one each time, also after a restart. */
  private synchronized void happen(Wish wish) {
    Map<String, HrTruth> known = known();
    RandomGenerator random = Population.random(wish.seed() + database.batches(), -1);
    database.write(known, drawn(known, 1, wish, random), LocalDate.now(clock), BATCH_SIZE);
  }

  /** Ends what goes on by itself. */
  @Override
  public synchronized void close() {
    if (feed != null) {
      feed.close();
      feed = null;
    }
  }

  private Reply written(Call call, Map<String, HrTruth> known, List<Stepped> steps) {
    int batch = call.flag("requests", true) ? Math.max(1, call.count("batch", BATCH_SIZE)) : 0;
    List<String> batches = database.write(known, steps, LocalDate.now(clock), batch);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("steps", steps.size());
    told.put("lines", batch == 0 ? 0 : steps.stream().mapToInt(one -> one.lines().size()).sum());
    told.put("batches", batches);
    told.put("oprids", steps.stream().map(one -> one.truth().person().oprid()).toList());
    return Reply.ok(told);
  }

  private Reply renew(Call call) {
    call.only("batch", "line", "status");
    int renewed =
        database.renew(
            call.text("batch").orElse(null),
            call.has("line") ? call.count("line", 0) : null,
            call.text("status").orElse(null));
    return Reply.ok(Map.of("lines", renewed));
  }

  private Reply vanish(Call call) {
    call.only("oprid");
    database.vanish(call.required("oprid"));
    return Reply.ok(Map.of());
  }

  private synchronized Reply reset(Call call) {
    call.only();
    database.empty();
    return Reply.ok(Map.of());
  }

  private Reply expected(Call call) {
    boolean suspends = "suspend".equals(call.query().get("leave"));
    List<ExpectedAccount> all = ExpectedAccount.of(database.everybody(), suspends);
    String oprid = call.path().get("oprid");
    if (oprid == null) {
      return Reply.ok(all);
    }
    return Reply.ok(
        all.stream()
            .filter(account -> account.oprid().equals(oprid))
            .findFirst()
            .orElseThrow(() -> new BadCall(404, "there is no " + oprid)));
  }

  private Map<String, HrTruth> known() {
    Map<String, HrTruth> known = new TreeMap<>();
    database.everybody().forEach(truth -> known.put(truth.person().oprid(), truth));
    return known;
  }
}
