package dev.rollcall.simulators.peoplesoft;

import dev.rollcall.simulators.http.BadCall;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.http.ControlServer;
import dev.rollcall.simulators.http.Outcome;
import dev.rollcall.simulators.http.Reply;
import dev.rollcall.simulators.peoplesoft.broker.Broker;
import dev.rollcall.simulators.peoplesoft.broker.BrokerSettings;
import dev.rollcall.simulators.peoplesoft.broker.Contract;
import dev.rollcall.simulators.peoplesoft.broker.ContractStatus;
import dev.rollcall.simulators.peoplesoft.broker.Encoding;
import dev.rollcall.simulators.peoplesoft.broker.Faults.Fault;
import dev.rollcall.simulators.peoplesoft.broker.Node;
import dev.rollcall.simulators.peoplesoft.broker.RawMessage;
import dev.rollcall.simulators.peoplesoft.broker.Sender;
import dev.rollcall.simulators.peoplesoft.broker.Twist;
import dev.rollcall.simulators.state.SimulatedClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The control calls about sending: contracts, the node, scripted faults, the clock, the end. */
final class BrokerApi {
  private final PeopleSoft simulator;

  BrokerApi(PeopleSoft simulator) {
    this.simulator = simulator;
  }

  void routes(ControlServer server) {
    server.route("GET", "/_control/requests", this::requests);
    server.route("GET", "/_control/state", call -> state());
    server.route("GET", "/_control/contracts/{id}", this::contract);
    server.route("POST", "/_control/resend", this::resend);
    server.route("POST", "/_control/send", this::send);
    server.route("POST", "/_control/ping", call -> told(broker().ping()));
    server.route("POST", "/_control/listener", this::listener);
    server.route("POST", "/_control/settings", this::settings);
    server.route("POST", "/_control/faults", this::faults);
    server.route("POST", "/_control/clock", this::clock);
    server.route("POST", "/_control/reset", call -> reset());
    server.route("POST", "/_control/stop", call -> stop());
  }

  private Campus campus() {
    return simulator.campus();
  }

  private Broker broker() {
    return campus().broker();
  }

  private Reply requests(Call call) {
    String emplid = call.query().get("emplid");
    List<JsonNode> attempts = campus().ledger().attempts();
    return Reply.ok(
        emplid == null
            ? attempts
            : attempts.stream()
                .filter(attempt -> attempt.path("emplid").asString("").equals(emplid))
                .toList());
  }

  private Reply state() {
    Campus campus = campus();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("clock", clock(campus));
    state.put(
        "people",
        campus.people().stream()
            .map(person ->
                Map.of(
                    "emplid", person.emplid(),
                    "published", person.published(),
                    "deleted", person.deleted()))
            .toList());
    state.put("contracts", campus.broker().counts(0));
    state.put("node", campus.broker().up() ? "up" : "down");
    state.put("listener", campus.broker().node());
    state.put("settings", campus.broker().settings());
    state.put("faults", campus.faults().waiting());
    return Reply.ok(state);
  }

  private static Map<String, Object> clock(Campus campus) {
    SimulatedClock clock = campus.clock();
    return Map.of(
        "now", clock.instant(),
        "today", campus.today(),
        "offsetSeconds", clock.offset().toSeconds());
  }

  private Reply contract(Call call) {
    String id = String.valueOf(call.path().get("id"));
    Contract contract =
        (id.matches("\\d{1,18}")
                ? broker().contract(Long.parseLong(id))
                : Optional.<Contract>empty())
            .orElseThrow(() -> new BadCall(404, "there is no contract " + id));
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("contract", contract.id());
    shown.put("emplid", contract.emplid());
    shown.put("transactionId", contract.transactionId());
    shown.put("published", contract.published());
    shown.put("twists", contract.twists());
    shown.put("standing", broker().standing(contract.id()));
    shown.put("body", Sender.body(contract, contract.twists()));
    return Reply.ok(shown);
  }

  private Reply resend(Call call) {
    call.only("contract", "status");
    if (call.has("status")) {
      ContractStatus status = call.value("status", ContractStatus.class);
      return Reply.accepted(Map.of("contracts", broker().resend(status)));
    }
    long id = call.value("contract", Long.class);
    if (broker().contract(id).isEmpty()) {
      throw new BadCall(404, "there is no contract " + id);
    }
    if (!broker().resend(id)) {
      throw new BadCall(409, "contract " + id + " is being sent");
    }
    return Reply.accepted(Map.of("contracts", List.of(id)));
  }

  private Reply send(Call call) {
    call.only("emplid", "body", "headers", "encoding", "listener");
    Map<String, Optional<String>> headers = new HashMap<>();
    call.body()
        .path("headers")
        .forEachEntry((name, value) ->
            headers.put(name, value.isNull() ? Optional.empty() : Optional.of(value.asString())));
    return told(
        broker()
            .send(
                new RawMessage(
                    call.text("emplid"),
                    call.required("body"),
                    headers,
                    call.value("encoding", Encoding.class, Encoding.NONE),
                    call.text("listener").map(BrokerApi::url))));
  }

  private static Reply told(Outcome outcome) {
    return Reply.ok(
        switch (outcome) {
          case Outcome.Answered answered -> answered;
          case Outcome.Unreachable none -> Map.of("failure", "no connection: " + none.reason());
          case Outcome.Lost lost -> Map.of("failure", lost.reason());
        });
  }

  private Reply listener(Call call) {
    call.only("url", "itResource", "header", "headers");
    Node known = broker().node();
    Map<String, String> headers = new HashMap<>(known.headers());
    if (call.has("headers")) {
      headers.clear();
      call.body()
          .path("headers")
          .forEachEntry((name, value) -> headers.put(name, value.asString()));
    }
    campus()
        .point(
            new Node(
                call.text("url").map(BrokerApi::url).orElse(known.url()),
                call.text("itResource").orElse(known.itResource()),
                call.text("header").orElse(known.header()),
                headers));
    return Reply.ok(broker().node());
  }

  private Reply settings(Call call) {
    call.only(
        "parallel", "headOfLine", "retryMillis", "timeoutMillis", "transactionIds", "maxTries");
    BrokerSettings known = broker().settings();
    try {
      campus()
          .settle(
              new BrokerSettings(
                  call.count("parallel", known.parallel()),
                  call.flag("headOfLine", known.headOfLine()),
                  call.count("retryMillis", known.retryMillis()),
                  call.count("timeoutMillis", known.timeoutMillis()),
                  call.flag("transactionIds", known.transactionIds()),
                  call.count("maxTries", known.maxTries())));
    } catch (IllegalArgumentException e) {
      throw new BadCall(String.valueOf(e.getMessage()));
    }
    return Reply.ok(broker().settings());
  }

  private Reply faults(Call call) {
    call.only("fault", "times", "emplid");
    Twist twist = call.value("fault", Twist.class);
    if (call.count("times", 1) == 0) {
      throw new BadCall("'times' must be at least 1");
    }
    campus().faults().script(new Fault(twist, call.count("times", 1), call.text("emplid")));
    return Reply.ok(campus().faults().waiting());
  }

  private Reply clock(Call call) {
    call.only("offsetSeconds", "now");
    Duration offset =
        call.has("now")
            ? Duration.between(Instant.now(), call.value("now", Instant.class))
            : Duration.ofSeconds(call.value("offsetSeconds", Long.class));
    campus().moveClock(offset);
    return Reply.ok(clock(campus()));
  }

  private Reply reset() {
    simulator.reset();
    return state();
  }

  private Reply stop() {
    simulator.stop();
    return Reply.accepted(Map.of("stopping", true));
  }

  private static URI url(String text) {
    if (!text.matches("https?://[^/]+.*")) {
      throw new BadCall("'" + text + "' is not an http or https URL");
    }
    return URI.create(text);
  }
}
