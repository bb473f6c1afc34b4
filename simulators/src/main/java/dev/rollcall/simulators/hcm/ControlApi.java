package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.hcm.people.Expectation;
import dev.rollcall.simulators.hcm.people.Expectation.Expected;
import dev.rollcall.simulators.hcm.people.Expectation.Standing;
import dev.rollcall.simulators.hcm.people.Scenario;
import dev.rollcall.simulators.hcm.people.Worker;
import dev.rollcall.simulators.hcm.rest.Framework;
import dev.rollcall.simulators.http.BadCall;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.http.ControlRoutes;
import dev.rollcall.simulators.http.Reply;
import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.state.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The control calls: what there is, what happened, and what is to go otherwise from now on. */
final class ControlApi {
  private final Hcm simulator;

  ControlApi(Hcm simulator) {
    this.simulator = simulator;
  }

  void routes(ControlRoutes routes) {
    routes.route("GET", "/_control/state", call -> state());
    routes.route("GET", "/_control/requests", this::requests);
    routes.route("POST", "/_control/settings", this::settings);
    routes.route("POST", "/_control/faults", this::faults);
    routes.route("POST", "/_control/access", this::access);
    routes.route("POST", "/_control/clock", this::clock);
    routes.route("POST", "/_control/reset", call -> reset());
    routes.route("POST", "/_control/stop", call -> stop());
    routes.route("GET", "/_control/hcm/people", this::people);
    routes.route("GET", "/_control/hcm/people/{number}", this::person);
    routes.route("GET", "/_control/hcm/locations", call -> locations());
    routes.route("GET", "/_control/hcm/expected", this::expected);
    routes.route("GET", "/_control/hcm/expected/{number}", this::expectedOf);
    for (Scenario.Act act : Scenario.Act.values()) {
      String name = Json.MAPPER.convertValue(act, String.class);
      routes.route("POST", "/_control/hcm/" + name, call -> act(act, call));
    }
  }

  private Tenant tenant() {
    return simulator.tenant();
  }

  private Reply state() {
    Tenant tenant = tenant();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("clock", clock(tenant));
    state.put("today", tenant.today());
    state.put("people", tenant.population().workers().size());
    state.put("standings", StatePage.standings(tenant));
    state.put("locations", tenant.population().locations().size());
    state.put("faults", tenant.faults().waiting());
    state.put("settings", tenant.settings());
    return Reply.ok(state);
  }

  private static Map<String, Object> clock(Tenant tenant) {
    SimulatedClock clock = tenant.clock();
    return Map.of(
        "now", clock.instant(),
        "runs", clock.runs(),
        "offsetSeconds", clock.offset().toSeconds());
  }

  private Reply requests(Call call) {
    String after = call.query().getOrDefault("after", "0");
    if (!after.matches("\\d{1,18}")) {
      throw new BadCall("'after' is the number of a request");
    }
    return Reply.ok(tenant().ledger().requests(Long.parseLong(after)));
  }

  private Reply act(Scenario.Act act, Call call) {
    List<String> people = tenant().act(0, act, call.body());
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("people", people);
    told.put("total", tenant().population().workers().size());
    return Reply.ok(told);
  }

  private Reply people(Call call) {
    List<Worker> all = tenant().population().workers();
    int from = Math.min(all.size(), whole(call, "from", 0));
    int count = whole(call, "count", 100);
    return Reply.ok(all.subList(from, Math.min(all.size(), from + count)));
  }

  private Reply person(Call call) {
    return Reply.ok(known(call));
  }

  private Worker known(Call call) {
    String number = call.path().getOrDefault("number", "");
    return tenant()
        .population()
        .find(number)
        .orElseThrow(() -> new BadCall(404, "there is no person " + number));
  }

  private Reply locations() {
    return Reply.ok(tenant().population().locations());
  }

  /** What everybody's profile has to be, or that of those who stand in some way. */
  private Reply expected(Call call) {
    LocalDate day = day(call);
    Predicate<Expected> wanted = one -> true;
    @Nullable String standing = call.query().get("standing");
    if (standing != null) {
      Standing only = standing(standing);
      wanted = one -> one.standing() == only;
    }
    if (call.query().containsKey("leftWithin")) {
      LocalDate since = day.minusDays(whole(call, "leftWithin", 0));
      wanted = wanted.and(one -> one.leftOn() != null && !one.leftOn().isBefore(since));
    }
    Expectation expectation = new Expectation(tenant().population(), day);
    List<Expected> all =
        tenant().population().workers().stream().map(expectation::of).filter(wanted).toList();
    int from = Math.min(all.size(), whole(call, "from", 0));
    int to = (int) Math.min(all.size(), (long) from + whole(call, "count", Integer.MAX_VALUE));
    return Reply.ok(all.subList(from, to));
  }

  private Reply expectedOf(Call call) {
    return Reply.ok(new Expectation(tenant().population(), day(call)).of(known(call)));
  }

  private static Standing standing(String name) {
    try {
      return Json.MAPPER.convertValue(name, Standing.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new BadCall("'standing' is one of future, pending, active, left");
    }
  }

  private LocalDate day(Call call) {
    @Nullable String date = call.query().get("date");
    try {
      return date == null ? tenant().today() : LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw new BadCall("'date' is a day such as 2026-09-01");
    }
  }

  private static int whole(Call call, String name, int usual) {
    String text = call.query().getOrDefault(name, String.valueOf(usual));
    if (!text.matches("\\d{1,10}") || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw new BadCall("'" + name + "' is a number from 0 on");
    }
    return Integer.parseInt(text);
  }

  private Reply settings(Call call) {
    ObjectNode merged = Json.MAPPER.valueToTree(tenant().settings());
    call.body()
        .forEachEntry((name, value) -> {
          if (merged.path(name) instanceof ObjectNode known && value.isObject()) {
            value.forEachEntry(known::set);
          } else {
            merged.set(name, value);
          }
        });
    try {
      tenant().settle(Json.MAPPER.treeToValue(merged, Settings.class));
    } catch (JacksonException e) {
      throw new BadCall("the settings are not valid: " + e.getOriginalMessage());
    }
    return Reply.ok(tenant().settings());
  }

  private Reply faults(Call call) {
    call.only(
        "fault",
        "resource",
        "skip",
        "times",
        "probability",
        "seed",
        "millis",
        "personNumber",
        "row",
        "insert",
        "delete",
        "clear");
    if (call.flag("clear", false)) {
      tenant().faults().clear();
    }
    if (call.has("fault")) {
      tenant().faults().script(script(call));
    } else if (!call.flag("clear", false)) {
      throw new BadCall("'fault' is missing");
    }
    return Reply.ok(tenant().faults().waiting());
  }

  private Faults.Script script(Call call) {
    Fault fault = call.value("fault", Fault.class);
    boolean endless = call.has("probability") || fault == Fault.BROKEN_ROW;
    int times = call.count("times", endless ? Integer.MAX_VALUE : 1);
    if (times == 0) {
      throw new BadCall("'times' must be at least 1");
    }
    Optional<String> resource = call.text("resource");
    if (resource
        .filter(one -> !one.equals("token") && !Framework.resources().contains(one))
        .isPresent()) {
      throw new BadCall("'resource' is token, or one of " + Framework.resources());
    }
    return new Faults.Script(
        fault,
        resource,
        call.count("skip", 0),
        times,
        call.fraction("probability", 1),
        call.number("seed", 7),
        call.number("millis", 0),
        fault == Fault.BROKEN_ROW ? broken(call) : 0,
        call.count("insert", 0),
        call.count("delete", 0),
        tenant().population());
  }

  /** Whose row breaks: named, or at a place in the order of person ids as of today. */
  private long broken(Call call) {
    if (call.has("personNumber")) {
      String number = call.required("personNumber");
      return tenant()
          .population()
          .find(number)
          .orElseThrow(() -> new BadCall(404, "there is no person " + number))
          .personId();
    }
    int row = call.value("row", Integer.class);
    List<Worker> shown =
        tenant().population().workers().stream()
            .filter(one -> one.visible(tenant().today()))
            .toList();
    if (row < 0 || row >= shown.size()) {
      throw new BadCall("'row' is a number from 0 to " + (shown.size() - 1));
    }
    return shown.get(row).personId();
  }

  private Reply access(Call call) {
    call.only("expireTokens");
    if (call.flag("expireTokens", false)) {
      simulator.door().expire();
    }
    return Reply.ok(Map.of("done", true));
  }

  private Reply clock(Call call) {
    call.only("offsetSeconds", "now", "advanceMillis", "advanceSeconds", "stand");
    if (call.body().isEmpty()) {
      throw new BadCall(
          "one of 'offsetSeconds', 'now', 'advanceMillis', 'advanceSeconds', 'stand'");
    }
    SimulatedClock clock = tenant().clock();
    boolean stands = call.flag("stand", !clock.runs());
    if (call.has("offsetSeconds")) {
      clock.move(Duration.ofSeconds(call.value("offsetSeconds", Long.class)));
    }
    if (call.has("now")) {
      clock.move(Duration.between(Instant.now(), call.value("now", Instant.class)));
    }
    if (stands) {
      clock.stand(call.has("now") ? call.value("now", Instant.class) : clock.instant());
    } else {
      clock.move(clock.offset());
    }
    clock.advance(
        Duration.ofSeconds(call.number("advanceSeconds", 0))
            .plusMillis(call.number("advanceMillis", 0)));
    tenant().clockSet();
    return Reply.ok(clock(tenant()));
  }

  private Reply reset() {
    simulator.reset();
    return Reply.ok(clock(tenant()));
  }

  private Reply stop() {
    simulator.stop();
    return Reply.accepted(Map.of("stopping", true));
  }
}
