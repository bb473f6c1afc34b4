package dev.rollcall.web.health;

import dev.rollcall.db.Database;
import dev.rollcall.event.EventFigures;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.sync.Instance;
import dev.rollcall.sync.OutcomeCounts;
import dev.rollcall.web.WebParts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured. What the database knows is read from it, at most every few seconds
 * however often it is asked for, and is the same whichever process is asked; what only this process
 * knows is named {@code rollcall_process_...}. Nothing in it names a person.
 */
final class Metrics implements AutoCloseable {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Glance<Map<String, Numbers>> glance;
  private volatile Optional<Map<String, Numbers>> seen = Optional.empty();

  Metrics(WebParts parts) {
    this.glance = new Glance<>(() -> Numbers.of(parts), FRESH, PATIENCE);
    Gauge.builder("rollcall.database.up", () -> seen.isPresent() ? 1 : 0)
        .description("Whether the database answers in time; if not, what it knows is NaN")
        .register(registry);
    for (Instance instance : parts.instances()) {
      instance(instance.name());
      outcomes(instance.name(), parts.health().outcomes());
    }
    parts.watches().forEach(watch -> watch(watch.instance()));
    connections(parts.health().database());
    new JvmMemoryMetrics().bindTo(registry);
    garbage.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** All of it in Prometheus's text format. */
  String text() {
    seen = glance.now();
    return registry.scrape();
  }

  private void instance(String name) {
    for (InstanceState state : InstanceState.values()) {
      gauge(
          "instance.state",
          "1 for the state the instance is in",
          Tags.of("instance", name, "state", state.code()),
          one -> one.state() == state ? 1 : 0);
    }
    Tags tags = Tags.of("instance", name);
    gauge("instance.paused", "1 while it is paused", tags, one -> one.paused() ? 1 : 0);
    gauge(
        "instance.blocked",
        "1 while nothing may be worked: the database or the source is a copy",
        tags,
        one -> one.blocked() ? 1 : 0);
    gauge(
        "lag.seconds",
        "For how long the event that waits longest has been due",
        tags,
        one -> one.queue().lagSeconds());
    String depth = "Events that are not finished, counted up to " + (EventFigures.MOST + 1);
    gauge("queue.events", depth, tags.and("status", "due"), one -> one.queue().waiting());
    gauge("queue.events", depth, tags.and("status", "later"), one -> one.queue().later());
    gauge("queue.events", depth, tags.and("status", "working"), one -> one.queue().working());
    gauge(
        "queue.retrying",
        "Of the events that wait, those that failed before",
        tags,
        one -> one.queue().retrying());
    gauge("held.changes", "Changes beyond a limit that wait for a decision", tags, Numbers::held);
    String ended = " and nothing came after, counted up to " + Numbers.MOST;
    gauge("suspended.events", "Events that were suspended" + ended, tags, Numbers::suspended);
    gauge("failed.events", "Events that failed" + ended, tags, Numbers::failed);
    gauge("findings", "Findings that nobody has looked at", tags, Numbers::findings);
    gauge(
        "last.message.age.seconds",
        "Since the last message came; NaN when none is known",
        tags,
        one -> seconds(one.sinceMessage()));
  }

  private void watch(String name) {
    Tags tags = Tags.of("instance", name);
    gauge(
        "last.poll.age.seconds",
        "Since the watched directory was last looked at; NaN before the first look",
        tags,
        one -> seconds(one.sincePoll()));
    gauge(
        "kept.files",
        "Files in the watched directory that are not tried again as they are",
        tags,
        Numbers::kept);
  }

  private void outcomes(String instance, OutcomeCounts outcomes) {
    for (EventStatus status : EventStatus.QUEUED.successors()) {
      FunctionCounter.builder(
              "rollcall.process.outcomes", outcomes, counts -> counts.of(instance, status))
          .description(
              "What the events became that this process has worked since it started; NEW waits again")
          .tags("instance", instance, "status", status.code())
          .register(registry);
    }
  }

  private void connections(Database database) {
    connections(database, "active", Database.Connections::active);
    connections(database, "idle", Database.Connections::idle);
    Gauge.builder("rollcall.process.connections.waiting", () -> database.connections().waiting())
        .description("Threads of this process that wait for a connection to the database")
        .register(registry);
    Gauge.builder("rollcall.process.connections.most", () -> database.connections().most())
        .description("Connections this process may have")
        .register(registry);
  }

  private void connections(
      Database database, String state, ToDoubleFunction<Database.Connections> number) {
    Gauge.builder(
            "rollcall.process.connections",
            database,
            one -> number.applyAsDouble(one.connections()))
        .description("Connections of this process to the database")
        .tag("state", state)
        .register(registry);
  }

  /** A number that the database knows. */
  private void gauge(String name, String means, Tags tags, ToDoubleFunction<Numbers> number) {
    String instance =
        tags.stream()
            .filter(tag -> tag.getKey().equals("instance"))
            .map(tag -> tag.getValue())
            .findFirst()
            .orElseThrow();
    Gauge.builder(
            "rollcall." + name,
            () -> seen.map(all -> all.get(instance)).map(number::applyAsDouble).orElse(Double.NaN))
        .description(means)
        .tags(tags)
        .register(registry);
  }

  private static double seconds(@Nullable Duration length) {
    return length == null ? Double.NaN : length.toMillis() / 1000.0;
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
