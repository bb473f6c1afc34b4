package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.hcm.people.Scenario;
import dev.rollcall.simulators.hcm.rest.Found;
import dev.rollcall.simulators.hcm.rest.Framework;
import dev.rollcall.simulators.hcm.rest.Problem;
import dev.rollcall.simulators.http.WireAnswer;
import dev.rollcall.simulators.http.WireAnswer.Delivery;
import dev.rollcall.simulators.http.WireAnswer.Header;
import dev.rollcall.simulators.http.WireRequest;
import dev.rollcall.simulators.state.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way of a call: it is written down, let in, read, spoiled where a fault says so, and the
 * answer is written down before it is sent.
 */
final class Gate {
  private static final String TOKEN_PATH = "/oauth2/v1/token";
  private static final List<String> ROOT = List.of("hcmRestApi", "resources");
  private static final List<String> VERSIONS = List.of("11.13.18.05", "latest");
  private static final String COLLECTION = "application/vnd.oracle.adf.resourcecollection+json";
  private static final List<String> KEPT_HEADERS =
      List.of("accept", "rest-framework-version", "user-agent", "effective-of");
  private static final int FIRST_JSON_ERRORS = 4;

  /** An answer before it is written down and sent. */
  private record Said(
      int status,
      List<Header> headers,
      String type,
      String body,
      Optional<Found.Page> page,
      Delivery delivery,
      String lost) {
    static Said of(int status, String type, String body) {
      return new Said(status, List.of(), type, body, Optional.empty(), Delivery.WHOLE, "");
    }

    Said with(Delivery other, String how) {
      return new Said(status, headers, type, body, page, other, how);
    }

    Said with(String otherBody, String how) {
      return new Said(status, headers, type, otherBody, page, delivery, how);
    }

    Said with(Header... some) {
      return new Said(status, List.of(some), type, body, page, delivery, lost);
    }
  }

  /** A call on its way. */
  private record Passing(
      long number,
      WireRequest wire,
      List<String> segments,
      String resource,
      Optional<String> caller,
      Optional<Faults.Script> hit,
      Instant began) {
    boolean hits(Fault fault) {
      return hit.filter(one -> one.fault() == fault).isPresent();
    }

    long millis(long usual) {
      return hit.map(Faults.Script::millis).filter(millis -> millis > 0).orElse(usual);
    }
  }

  private final Tenant tenant;
  private final Door door;
  private final Framework framework = new Framework();

  Gate(Tenant tenant, Door door) {
    this.tenant = tenant;
    this.door = door;
  }

  WireAnswer handle(WireRequest wire) {
    Passing call = arrive(wire);
    Said said = call.hits(Fault.DROPPED) ? dropped() : worked(call);
    if (call.hits(Fault.SLOW)) {
      pause(call.millis(5_000));
    }
    Said spoiled = spoiled(call, said);
    tenant
        .ledger()
        .write(
            new Entry.Answered(
                call.number(),
                tenant.clock().instant(),
                spoiled.status(),
                spoiled.page().map(page -> page.items().size()).orElse(null),
                spoiled.body().length(),
                Duration.between(call.began(), tenant.clock().instant()).toMillis(),
                spoiled.lost().isEmpty() ? null : spoiled.lost()));
    drift(call, spoiled);
    return answer(spoiled);
  }

  private Passing arrive(WireRequest wire) {
    List<String> segments = segments(wire.path());
    String resource =
        segments.size() > 3 && segments.subList(0, 2).equals(ROOT)
            ? segments.get(3)
            : wire.path().equals(TOKEN_PATH) ? "token" : "";
    Optional<Faults.Script> hit =
        resource.isEmpty() ? Optional.empty() : tenant.faults().take(resource);
    Optional<String> caller = door.admit(wire, tenant.settings().basic());
    Instant now = tenant.clock().instant();
    Map<String, String> headers = new LinkedHashMap<>();
    KEPT_HEADERS.forEach(name -> wire.header(name).ifPresent(value -> headers.put(name, value)));
    long number =
        tenant
            .ledger()
            .ask(next ->
                new Entry.Asked(
                    next,
                    now,
                    caller.orElse("(nobody)"),
                    wire.method(),
                    wire.target(),
                    headers,
                    wire.header("rest-framework-version").orElse(null),
                    hit.map(Faults.Script::fault).orElse(null)));
    return new Passing(number, wire, segments, resource, caller, hit, now);
  }

  private Said worked(Passing call) {
    int version = 1;
    try {
      version = Framework.version(call.wire().header("rest-framework-version").orElse(""));
      Optional<Said> refused = refusedByFault(call);
      if (refused.isPresent()) {
        return refused.get();
      }
      if (call.wire().path().equals(TOKEN_PATH)) {
        return token(call);
      }
      check(call);
      return read(call, version);
    } catch (Problem e) {
      return problem(e, version);
    }
  }

  /** What stands before the framework, and answers in its stead. */
  private Optional<Said> refusedByFault(Passing call) {
    if (call.hit().isEmpty()) {
      return Optional.empty();
    }
    return switch (call.hit().get().fault()) {
      case SERVER_ERROR -> throw new Problem(500, "Internal Server Error");
      case EXPIRED_TOKEN -> throw new Problem(401, "The access token is not valid any more.");
      case FORBIDDEN -> throw new Problem(403, "You do not have the privilege to see this.");
      case TOO_MANY -> Optional.of(later(call, problem(new Problem(429, "Too Many Requests"), 4)));
      case UNAVAILABLE ->
          Optional.of(later(call, Said.of(503, "text/html", page("503 Service Unavailable"))));
      case MAINTENANCE ->
          Optional.of(Said.of(200, "text/html", page("This service is being maintained.")));
      case DROPPED,
          HALF_BODY,
          CUT_JSON,
          BROKEN_ROW,
          SLOW,
          MISSING_NEXT,
          SHORT_PAGE,
          FALSE_END,
          EMPTY,
          EMPTY_BODY,
          STALE,
          DRIFT ->
          Optional.empty();
    };
  }

  private static Said later(Passing call, Said said) {
    long millis = call.millis(0);
    return millis > 0
        ? said.with(new Header("retry-after", String.valueOf((millis + 999) / 1_000)))
        : said;
  }

  private void check(Passing call) {
    if (call.caller().isEmpty()) {
      throw new Problem(401, "The credentials are missing or not valid.");
    }
    List<String> segments = call.segments();
    if (segments.size() < 4
        || !segments.subList(0, 2).equals(ROOT)
        || !VERSIONS.contains(segments.get(2))) {
      throw new Problem(404, "There is nothing at " + call.wire().path() + ".");
    }
    if (!Framework.resources().contains(call.resource())) {
      throw new Problem(404, "There is no resource " + call.resource() + ".");
    }
    if (!call.wire().method().equals("GET")) {
      throw new Problem(405, call.wire().method() + " is not offered here.");
    }
    if (tenant.settings().forbidden().contains(call.resource())) {
      throw new Problem(403, "You do not have the privilege to see " + call.resource() + ".");
    }
    String accept = call.wire().header("accept").orElse("*/*");
    if (!accept.contains("json") && !accept.contains("*/*")) {
      throw new Problem(406, "There is no " + accept + " here.");
    }
  }

  private Said read(Passing call, int version) {
    Settings settings = tenant.settings();
    Map<String, String> query = pairs(call.wire().query());
    String base =
        "http://"
            + call.wire().header("host").orElse("")
            + "/"
            + String.join("/", call.segments().subList(0, 3));
    Framework.Read read =
        new Framework.Read(
            base,
            call.segments().subList(3, call.segments().size()),
            query,
            version,
            tenant.today(),
            call.number());
    Found found =
        framework.read(
            read,
            call.hits(Fault.STALE)
                ? call.hit().map(Faults.Script::seen).orElseGet(tenant::population)
                : tenant.population(),
            settings.rules());
    pause(settings.latencyMillis());
    String accept = call.wire().header("accept").orElse("");
    String type = accept.contains("application/json") ? "application/json" : COLLECTION;
    Header echo = new Header("REST-Framework-Version", String.valueOf(version));
    return switch (found) {
      case Found.One(ObjectNode body) ->
          Said.of(200, type, Json.MAPPER.writeValueAsString(body)).with(echo);
      case Found.Page whole -> {
        pause(settings.deepMillis() * whole.offset() / 1_000);
        Found.Page page = changed(call, whole);
        Optional<Long> broken =
            tenant.faults().takeBroken(call.resource(), new HashSet<>(page.ids()));
        String body =
            broken
                .map(person -> page.broken(page.ids().indexOf(person)))
                .orElseGet(() -> Json.MAPPER.writeValueAsString(page.body()));
        yield new Said(
            200,
            List.of(echo),
            type,
            body,
            Optional.of(page),
            Delivery.WHOLE,
            broken.map(person -> "broken at the row of " + person).orElse(""));
      }
    };
  }

  /** The page as a fault wants it. */
  private static Found.Page changed(Passing call, Found.Page page) {
    if (call.hits(Fault.SHORT_PAGE)) {
      return page.hasMore() ? page.cut((page.items().size() + 1) / 2) : page;
    }
    if (call.hits(Fault.FALSE_END)) {
      return page.last();
    }
    if (call.hits(Fault.EMPTY)) {
      return page.emptied();
    }
    return call.hits(Fault.MISSING_NEXT) ? page.unlinked() : page;
  }

  private static Said spoiled(Passing call, Said said) {
    if (call.hits(Fault.HALF_BODY)) {
      return said.with(Delivery.HALF, "closed in the middle of the answer");
    }
    if (call.hits(Fault.CUT_JSON)) {
      return said.with(said.body().substring(0, said.body().length() / 2), "ends in the middle");
    }
    return call.hits(Fault.EMPTY_BODY) ? said.with("", "without a body") : said;
  }

  /** Shifts the rows that the caller has read already, where that was scripted. */
  private void drift(Passing call, Said said) {
    if (!call.hits(Fault.DRIFT) || said.page().isEmpty() || said.page().get().ids().isEmpty()) {
      return;
    }
    Faults.Script script = call.hit().orElseThrow();
    ObjectNode words = Json.MAPPER.createObjectNode();
    words.put("insert", script.insert()).put("delete", script.delete());
    words.put("below", said.page().get().ids().getLast() + 1);
    tenant.act(call.number(), Scenario.Act.DRIFT, words);
  }

  private Said token(Passing call) {
    if (!call.wire().method().equals("POST")) {
      throw new Problem(405, "A token is asked for with POST.");
    }
    Map<String, String> form = pairs(call.wire().body());
    if (!form.getOrDefault("grant_type", "").equals("client_credentials")) {
      return Said.of(400, "application/json", "{\"error\":\"unsupported_grant_type\"}");
    }
    int seconds = tenant.settings().tokenSeconds();
    Optional<String> token = door.token(call.wire(), form, seconds);
    if (token.isEmpty()) {
      return Said.of(401, "application/json", "{\"error\":\"invalid_client\"}");
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("access_token", token.get());
    body.put("token_type", "Bearer").put("expires_in", seconds);
    return Said.of(200, "application/json", Json.MAPPER.writeValueAsString(body));
  }

  /** Up to version 3 what is wrong is said in words, from version 4 on in JSON. */
  private static Said problem(Problem problem, int version) {
    if (version < FIRST_JSON_ERRORS) {
      return problem.status() == 400
          ? Said.of(400, "text/plain", problem.detail())
          : Said.of(problem.status(), "text/html", page(title(problem.status())))
              .with(challenge(problem.status()));
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("title", title(problem.status()));
    body.put("status", String.valueOf(problem.status()));
    ObjectNode detail = body.putArray("o:errorDetails").addObject();
    detail.put("detail", problem.detail());
    if (problem.status() == 400) {
      detail.put("o:errorCode", "27514");
    }
    return Said.of(
            problem.status(),
            "application/vnd.oracle.adf.error+json",
            Json.MAPPER.writeValueAsString(body))
        .with(challenge(problem.status()));
  }

  private static Header[] challenge(int status) {
    return status == 401
        ? new Header[] {new Header("www-authenticate", "Basic realm=\"owsm\"")}
        : new Header[0];
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 429 -> "Too Many Requests";
      default -> "Internal Server Error";
    };
  }

  private static String page(String what) {
    return "<html><head><title>"
        + what
        + "</title></head><body><h1>"
        + what
        + "</h1></body></html>";
  }

  private static Said dropped() {
    return Said.of(500, "text/plain", "").with(Delivery.NOTHING, "closed without an answer");
  }

  private static WireAnswer answer(Said said) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("content-type", said.type()));
    headers.addAll(said.headers());
    return new WireAnswer(said.status(), headers, said.body(), said.delivery());
  }

  private static void pause(long millis) {
    if (millis > 0) {
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        // In a path a plus is a plus.
        segments.add(decoded(segment.replace("+", "%2B")));
      }
    }
    return segments;
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.isEmpty()) {
        pairs.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return pairs;
  }

  /** What cannot be decoded stands for itself. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
