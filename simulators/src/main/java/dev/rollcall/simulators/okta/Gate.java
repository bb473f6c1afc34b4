package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.http.WireAnswer;
import dev.rollcall.simulators.http.WireAnswer.Delivery;
import dev.rollcall.simulators.http.WireAnswer.Header;
import dev.rollcall.simulators.http.WireRequest;
import dev.rollcall.simulators.okta.auth.Denied;
import dev.rollcall.simulators.okta.auth.Principal;
import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.limits.Bucket;
import dev.rollcall.simulators.okta.limits.Budgets;
import dev.rollcall.simulators.okta.limits.Budgets.Verdict;
import dev.rollcall.simulators.state.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The way of a call of the API: it is written down, let in, charged, worked, answered, and the
 * answer is written down before it is sent. Faults come where they would come in life.
 */
final class Gate {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final List<String> KEPT_HEADERS =
      List.of(
          "accept",
          "content-type",
          "content-length",
          "transfer-encoding",
          "user-agent",
          "if-match",
          "prefer",
          "x-okta-retry-for",
          "x-okta-retry-count");
  private static final String TOKEN_PATH = "/oauth2/v1/token";

  /** Whether a call finds somebody who works it, and may come in. */
  private sealed interface Entrance {
    String NOBODY = "(nobody)";

    record Open(Principal principal, Routes.Found found) implements Entrance {}

    record Shut(Said said) implements Entrance {}

    default String caller() {
      return switch (this) {
        case Open open -> open.principal().name();
        case Shut shut -> NOBODY;
      };
    }
  }

  /** A call on its way. */
  private record Passing(
      long number,
      String requestId,
      WireRequest wire,
      Entrance entrance,
      String bucket,
      Instant began,
      Optional<Faults.Hit> hit) {
    boolean hits(Fault fault) {
      return hit.filter(one -> one.fault() == fault).isPresent();
    }
  }

  /** What came of a call, and what its headers say about the limit, if anything. */
  private record Outcome(Said said, Optional<Verdict> verdict) {}

  private final Tenant tenant;
  private final Routes routes = new Routes();

  Gate(Tenant tenant) {
    this.tenant = tenant;
    new UsersApi(tenant).routes(routes);
    new GroupsApi(tenant).routes(routes);
    new SchemaApi(tenant).routes(routes);
    new SourcesApi(tenant).routes(routes);
    new AppsApi(tenant).routes(routes);
    new LogApi(tenant).routes(routes);
    routes.add("POST", TOKEN_PATH, "", this::token);
  }

  WireAnswer handle(WireRequest wire) {
    tenant.sources();
    Passing call = arrive(wire);
    if (call.hits(Fault.DROPPED)) {
      answered(call, 0, Optional.empty(), "dropped before anything was done");
      return closed();
    }
    Outcome outcome = pass(call);
    if (call.hits(Fault.SLOW)) {
      pause(millis(call, 5_000));
    }
    return leave(call, outcome);
  }

  private Passing arrive(WireRequest wire) {
    List<String> segments = segments(wire.path());
    Instant now = tenant.clock().instant();
    String requestId = UUID.randomUUID().toString().replace("-", "");
    Optional<Faults.Hit> hit = tenant.faults().take(wire.method(), wire.path());
    boolean known = hit.filter(one -> one.fault() == Fault.INVALID_TOKEN).isEmpty();
    Entrance entrance = entrance(wire, segments, known);
    String bucket = Bucket.of(wire.method(), segments);
    Map<String, String> headers = new LinkedHashMap<>();
    KEPT_HEADERS.forEach(name -> wire.header(name).ifPresent(value -> headers.put(name, value)));
    boolean unsaid = wire.path().equals(TOKEN_PATH) || wire.body().isEmpty();
    long number =
        tenant.ask(next ->
            new Entry.Asked(
                next,
                requestId,
                now,
                entrance.caller(),
                wire.method(),
                wire.target(),
                headers,
                unsaid ? null : wire.body(),
                bucket,
                hit.map(one -> Json.MAPPER.convertValue(one.fault(), String.class)).orElse(null)));
    return new Passing(number, requestId, wire, entrance, bucket, now, hit);
  }

  private Entrance entrance(WireRequest wire, List<String> segments, boolean known) {
    try {
      Routes.Found found = routes.find(wire.method(), segments);
      if (found.scope().isEmpty()) {
        Principal nobody =
            new Principal(TOKEN_PATH, tenant.settings().share(), Optional.empty(), true);
        return new Entrance.Open(nobody, found);
      }
      if (!known) {
        throw Refusal.of(ErrorCode.E0000011);
      }
      return new Entrance.Open(
          tenant.doorkeeper().admit(wire, found.scope(), tenant.settings().tokenIdleDays()), found);
    } catch (Refusal e) {
      return new Entrance.Shut(Said.error(e));
    } catch (Denied e) {
      return new Entrance.Shut(denied(e));
    }
  }

  private Outcome pass(Passing call) {
    return switch (call.entrance()) {
      case Entrance.Shut(Said said) -> charged(call, said);
      case Entrance.Open(Principal principal, Routes.Found found) -> pass(call, principal, found);
    };
  }

  private Outcome pass(Passing call, Principal principal, Routes.Found found) {
    String caller = principal.name();
    int share = Optional.ofNullable(principal.share()).orElse(tenant.settings().share());
    Budgets budgets = tenant.budgets();
    if (call.hits(Fault.CONCURRENCY)) {
      return tooMany(budgets.crowded());
    }
    Optional<Verdict> crowd = budgets.enter(caller, share);
    if (crowd.isPresent()) {
      return tooMany(crowd.get());
    }
    try {
      if (call.hits(Fault.TOO_MANY)) {
        int seconds = (int) Math.max(1, millis(call, 8_000) / 1000);
        return tooMany(budgets.exhausted(call.bucket(), share, seconds));
      }
      Verdict verdict = budgets.take(call.bucket(), caller, share);
      if (!verdict.allowed()) {
        return tooMany(verdict);
      }
      Said said = worked(call, found, principal);
      pause(tenant.settings().latencyMillis());
      return new Outcome(said, Optional.of(verdict));
    } finally {
      budgets.leave(caller);
    }
  }

  /** A call that came to nothing counts nevertheless. */
  private Outcome charged(Passing call, Said said) {
    Verdict verdict =
        tenant.budgets().take(call.bucket(), Entrance.NOBODY, tenant.settings().share());
    return verdict.allowed() ? new Outcome(said, Optional.of(verdict)) : tooMany(verdict);
  }

  private static Outcome tooMany(Verdict verdict) {
    return new Outcome(Said.error(Refusal.of(ErrorCode.E0000047)), Optional.of(verdict));
  }

  private Said worked(Passing call, Routes.Found found, Principal principal) {
    try {
      if (!found.scope().isEmpty()) {
        checkHeaders(call.wire());
      }
      if (!principal.role()) {
        throw Refusal.of(ErrorCode.E0000006);
      }
      interfere(call, found);
      return found
          .handler()
          .handle(
              new Ask(
                  call.number(),
                  call.wire(),
                  "http://" + call.wire().header("host").orElse(""),
                  found.path(),
                  query(call.wire().query()),
                  call.hit().map(Faults.Hit::fault)));
    } catch (Refusal e) {
      return Said.error(e);
    } catch (JacksonException e) {
      // A value of another kind than any that could be meant.
      return Said.error(Refusal.of(ErrorCode.E0000003));
    } catch (Denied e) {
      return denied(e);
    }
  }

  /** Does to a call, or says about it, what was scripted instead of or before the work. */
  private void interfere(Passing call, Routes.Found found) {
    if (call.hit().isEmpty()) {
      return;
    }
    switch (call.hit().get().fault()) {
      case SERVER_ERROR -> throw Refusal.of(ErrorCode.E0000009);
      case READ_ONLY -> throw Refusal.of(ErrorCode.E0000010);
      case FORBIDDEN -> throw Refusal.of(ErrorCode.E0000006);
      case STILL_ACTIVATING -> throw Refusal.of(ErrorCode.E0000112);
      case SPURIOUS_PROPERTY ->
          throw Refusal.invalid(
              "newUser", List.of("Property name 'employeeNumber' is not defined in profile"));
      case USER_GONE ->
          tenant
              .directory()
              .vanish(found.path().getOrDefault("id", found.path().getOrDefault("userId", "")));
      case GROUP_GONE -> tenant.directory().vanishGroup(found.path().getOrDefault("groupId", ""));
      case GROUP_MISSING ->
          throw Refusal.notFound(found.path().getOrDefault("groupId", ""), "UserGroup");
      case DROPPED,
          LOST_ANSWER,
          HALF_BODY,
          GATEWAY_TIMEOUT,
          SLOW,
          WRONG_CLOCK,
          TOO_MANY,
          CONCURRENCY,
          INVALID_TOKEN,
          SESSION_ERROR,
          SESSION_HALF,
          SESSION_STUCK -> {
        // These come before or after the work, or are the work's own.
      }
    }
  }

  /** Rules about headers that hold for every call of the API. */
  private static void checkHeaders(WireRequest wire) {
    boolean bodied = !wire.body().isEmpty();
    boolean writes = wire.method().equals("POST") || wire.method().equals("PUT");
    if (writes && !bodied && wire.header("content-length").isEmpty()) {
      throw Refusal.of(411, ErrorCode.E0000002, "Content-Length is required");
    }
    if (wire.header("content-encoding").isPresent()) {
      throw Refusal.of(ErrorCode.E0000012);
    }
    Optional<String> accept = wire.header("accept");
    Optional<String> type = wire.header("content-type");
    if (accept.isEmpty() || (bodied && type.isEmpty())) {
      throw Refusal.of(ErrorCode.E0000018);
    }
    if (!accept.get().contains("application/json") && !accept.get().contains("*/*")) {
      throw Refusal.of(ErrorCode.E0000019);
    }
    if (bodied && !type.orElse("").startsWith("application/json")) {
      throw Refusal.of(ErrorCode.E0000021);
    }
  }

  private Said token(Ask ask) {
    JsonNode body = tenant.doorkeeper().token(ask.wire());
    return ask.wire().header("dpop").isPresent()
        ? Said.ok(body, tenant.doorkeeper().nonceHeader())
        : Said.ok(body);
  }

  private static Said denied(Denied denied) {
    return new Said(denied.status(), denied.headers(), denied.body());
  }

  private static void pause(long millis) {
    if (millis > 0) {
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
  }

  private static long millis(Passing call, long fallback) {
    return call.hit().map(Faults.Hit::millis).filter(given -> given != 0).orElse(fallback);
  }

  private WireAnswer leave(Passing call, Outcome outcome) {
    Said said = outcome.said();
    if (call.hits(Fault.GATEWAY_TIMEOUT)) {
      answered(call, 504, Optional.empty(), "answered by a gateway that did not wait");
      return new WireAnswer(
          504,
          List.of(
              new Header("date", DATE.format(tenant.told())),
              new Header("content-type", "text/html")),
          "<html><body><h1>504 Gateway Time-out</h1></body></html>",
          Delivery.WHOLE);
    }
    String body = said.body().map(Json.MAPPER::writeValueAsString).orElse("");
    boolean lost = call.hits(Fault.LOST_ANSWER);
    boolean half = call.hits(Fault.HALF_BODY);
    answered(
        call,
        said.status(),
        said.errorCode(),
        lost ? "closed before the answer" : half ? "closed in the middle of the answer" : "");
    if (lost) {
      return closed();
    }
    Delivery delivery = half ? Delivery.HALF : Delivery.WHOLE;
    return new WireAnswer(said.status(), headers(call, outcome), body, delivery);
  }

  private List<Header> headers(Passing call, Outcome outcome) {
    long skew =
        tenant.settings().skewMillis() + (call.hits(Fault.WRONG_CLOCK) ? millis(call, 0) : 0);
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("date", DATE.format(tenant.clock().instant().plusMillis(skew))));
    if (outcome.said().body().isPresent()) {
      headers.add(new Header("content-type", "application/json"));
    }
    headers.add(new Header("x-okta-request-id", call.requestId()));
    outcome
        .verdict()
        .ifPresent(verdict -> {
          headers.add(new Header("x-rate-limit-limit", String.valueOf(verdict.limit())));
          headers.add(new Header("x-rate-limit-remaining", String.valueOf(verdict.remaining())));
          headers.add(
              new Header(
                  "x-rate-limit-reset",
                  String.valueOf(verdict.reset() + Math.floorDiv(skew, 1000L))));
        });
    headers.add(new Header("cache-control", "no-cache, no-store"));
    headers.addAll(outcome.said().headers());
    return headers;
  }

  private void answered(Passing call, int status, Optional<String> errorCode, String lost) {
    tenant.answered(
        new Entry.Answered(
            call.number(),
            tenant.clock().instant(),
            status,
            errorCode.orElse(null),
            Duration.between(call.began(), tenant.clock().instant()).toMillis(),
            lost.isEmpty() ? null : lost));
  }

  private static WireAnswer closed() {
    return new WireAnswer(500, List.of(), "", Delivery.NOTHING);
  }

  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(decoded(segment));
      }
    }
    return segments;
  }

  /** In a path a plus is a plus; what cannot be decoded stands for itself. */
  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.isEmpty()) {
        query.put(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            equals < 0
                ? ""
                : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
