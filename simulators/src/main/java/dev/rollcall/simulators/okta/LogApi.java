package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Expression;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.log.Happening;
import dev.rollcall.simulators.okta.log.SystemLog;
import dev.rollcall.simulators.state.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The System Log. Ascending without {@code until} it is polled: events come in the order in which
 * they were stored, and there is always a next page; else it is bounded and in the order in which
 * things happened.
 */
final class LogApi {
  private static final int USUAL_PAGE = 100;
  private static final int MAX_PAGE = 1000;
  private static final Duration RETENTION = Duration.ofDays(90);
  private static final Duration USUAL_SPAN = Duration.ofDays(7);

  private final Tenant tenant;

  LogApi(Tenant tenant) {
    this.tenant = tenant;
  }

  void routes(Routes routes) {
    routes.add("GET", "/api/v1/logs", "okta.logs.read", this::list);
  }

  private Said list(Ask ask) {
    Map<String, String> query = ask.query();
    int limit = ask.limit(USUAL_PAGE, Integer.MAX_VALUE);
    if (limit > MAX_PAGE) {
      throw Refusal.invalid("limit", List.of("limit: Must be a number from 1 to " + MAX_PAGE));
    }
    String order = query.getOrDefault("sortOrder", "ASCENDING").toUpperCase(Locale.ROOT);
    if (!List.of("ASCENDING", "DESCENDING").contains(order)) {
      throw Refusal.invalid("sortOrder", List.of("sortOrder: ASCENDING or DESCENDING"));
    }
    Optional<Instant> until = date(query, "until");
    Instant now = tenant.clock().instant();
    Instant since = date(query, "since").orElse(until.orElse(now).minus(USUAL_SPAN));
    Instant horizon = now.minus(RETENTION);
    Predicate<Happening> within =
        one -> !one.published().isBefore(since) && !one.published().isBefore(horizon);
    Predicate<Happening> wanted = within.and(wanted(query));
    List<Happening> all = tenant.log().until(tenant.logged());
    boolean descending = order.equals("DESCENDING");
    if (until.isEmpty() && !descending) {
      return Page.growing(ask, all, wanted, Happening::sequence, limit).said(LogApi::shown);
    }
    List<Happening> found =
        all.stream()
            .filter(one -> !one.published().isAfter(until.orElse(now)))
            .filter(wanted)
            .toList();
    return Page.of(
            ask,
            found,
            one -> UserJson.stamp(one.published()),
            Happening::sequence,
            descending,
            limit)
        .said(LogApi::shown);
  }

  private static Predicate<Happening> wanted(Map<String, String> query) {
    Predicate<Happening> wanted = one -> true;
    String filter = query.getOrDefault("filter", "");
    if (!filter.isBlank()) {
      Expression expression = Expression.of(filter, Expression.Dialect.LOG);
      wanted = one -> expression.holds(attribute -> values(one, attribute));
    }
    for (String word : query.getOrDefault("q", "").toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      if (!word.isEmpty()) {
        wanted = wanted.and(one -> shown(one).toString().toLowerCase(Locale.ROOT).contains(word));
      }
    }
    return wanted;
  }

  private static Optional<Instant> date(Map<String, String> query, String name) {
    try {
      return Optional.ofNullable(query.get(name))
          .map(text -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeParseException e) {
      throw Refusal.of(ErrorCode.E0000030);
    }
  }

  private static List<JsonNode> values(Happening one, String attribute) {
    String[] parts = attribute.split("\\.", -1);
    Stream<String> values =
        switch (parts[0]) {
          case "eventType" -> Stream.of(one.type());
          case "published" -> Stream.of(UserJson.stamp(one.published()));
          case "uuid" -> Stream.of(uuid(one));
          case "severity" -> Stream.of(severity(one));
          case "displayMessage" -> Stream.of(one.message());
          case "outcome" ->
              parts[1].equals("result")
                  ? Stream.of(one.result().name())
                  : Stream.ofNullable(one.reason());
          case "actor" -> Stream.of(parts[1].equals("type") ? actorType(one) : one.actor());
          case "transaction" ->
              Stream.of(parts[1].equals("id") ? one.transaction() : transactionType(one));
          case "target" ->
              one.targets().stream()
                  .map(target ->
                      switch (parts[1]) {
                        case "id" -> target.id();
                        case "type" -> target.type();
                        case "alternateId" -> target.alternateId();
                        default -> target.displayName();
                      });
          case "debugContext" -> Stream.ofNullable(one.debug().get(Arrays.asList(parts).getLast()));
          default -> Stream.empty();
        };
    return values.<JsonNode>map(StringNode::valueOf).toList();
  }

  private static ObjectNode shown(Happening one) {
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown
        .putObject("actor")
        .put("id", one.actor())
        .put("type", actorType(one))
        .put("alternateId", one.actor())
        .put("displayName", one.actor());
    shown.put("displayMessage", one.message());
    shown.put("eventType", one.type());
    ObjectNode outcome = shown.putObject("outcome").put("result", one.result().name());
    Optional.ofNullable(one.reason()).ifPresent(reason -> outcome.put("reason", reason));
    shown.put("published", UserJson.stamp(one.published()));
    shown.put("severity", severity(one));
    ObjectNode debug = shown.putObject("debugContext").putObject("debugData");
    one.debug().forEach(debug::put);
    ObjectNode transaction = shown.putObject("transaction");
    transaction.put("type", transactionType(one)).put("id", one.transaction());
    transaction.putObject("detail");
    shown.put("uuid", uuid(one)).put("version", "0");
    var targets = shown.putArray("target");
    for (Happening.Target target : one.targets()) {
      targets
          .addObject()
          .put("id", target.id())
          .put("type", target.type())
          .put("alternateId", target.alternateId())
          .put("displayName", target.displayName());
    }
    return shown;
  }

  private static String uuid(Happening one) {
    String name = one.sequence() + " " + one.published() + " " + one.type();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String severity(Happening one) {
    return switch (one.result()) {
      case SUCCESS, SKIPPED, DEFERRED -> "INFO";
      case FAILURE -> "WARN";
    };
  }

  private static String actorType(Happening one) {
    return one.actor().equals(SystemLog.SYSTEM) ? "SystemPrincipal" : "User";
  }

  private static String transactionType(Happening one) {
    return one.job() ? "JOB" : "WEB";
  }
}
