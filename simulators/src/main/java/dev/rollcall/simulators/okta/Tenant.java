package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.auth.Doorkeeper;
import dev.rollcall.simulators.okta.directory.Directory;
import dev.rollcall.simulators.okta.directory.Status;
import dev.rollcall.simulators.okta.limits.Budgets;
import dev.rollcall.simulators.okta.log.SystemLog;
import dev.rollcall.simulators.okta.source.Sources;
import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.state.JsonLines;
import dev.rollcall.simulators.state.SimulatedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One tenant from the first line of its ledger to its reset. Safe for many threads. */
final class Tenant implements AutoCloseable {
  private static final Pattern SESSION =
      Pattern.compile("/api/v1/identity-sources/[^/]+/sessions/([^/?]+)");

  private final SimulatedClock clock;
  private final Ledger ledger;
  private final Directory directory;
  private final Sources sources;
  private final SystemLog log = new SystemLog();
  private final Map<Long, String> bodies = new HashMap<>();
  private final Doorkeeper doorkeeper;
  private final Budgets budgets;
  private final Faults faults = new Faults();
  private volatile Settings settings = Settings.DEFAULTS;

  private Tenant(Path state, SimulatedClock clock) {
    this.clock = clock;
    directory =
        new Directory(
            clock,
            () -> settings.rules(),
            (request, at, change) -> {
              Ledger writing = ledger();
              writing.write(new Entry.Changed(writing.nextChange(), request, at, change));
              log.saw(request, at, change);
            });
    sources =
        new Sources(
            clock,
            directory,
            () -> settings.pace(),
            (request, at, event) -> {
              Ledger writing = ledger();
              writing.write(new Entry.Sourced(writing.nextChange(), request, at, event));
              log.saw(request, at, event);
            });
    doorkeeper =
        new Doorkeeper(clock, kept -> ledger().write(new Entry.Noted(kept)), this::ownerGone);
    budgets = new Budgets(clock, () -> settings.budgets());
    ledger = new Ledger(Ledger.file(state), this::replay);
  }

  /** Opens a state directory, new or left behind. */
  static Tenant open(Path state, SimulatedClock clock) {
    Tenant tenant = new Tenant(state, clock);
    tenant.directory.found();
    return tenant;
  }

  /** Puts a directory's ledger aside, so that the next opening starts empty. */
  static void setAside(Path state) {
    JsonLines.rotate(Ledger.file(state));
  }

  Directory directory() {
    return directory;
  }

  /** The identity sources, with everything done whose time has come. */
  Sources sources() {
    sources.catchUp();
    return sources;
  }

  SystemLog log() {
    return log;
  }

  Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  Budgets budgets() {
    return budgets;
  }

  Faults faults() {
    return faults;
  }

  Ledger ledger() {
    return ledger;
  }

  SimulatedClock clock() {
    return clock;
  }

  Settings settings() {
    return settings;
  }

  /** What the tenant's answers say the time is. */
  Instant told() {
    return clock.instant().plusMillis(settings.skewMillis());
  }

  Instant searchable() {
    return clock.instant().minusMillis(settings.searchDelayMillis());
  }

  Instant filterable() {
    return clock.instant().minusMillis(settings.filterDelayMillis());
  }

  Instant logged() {
    return clock.instant().minusMillis(settings.imports().logMillis());
  }

  Instant membershipsKnown() {
    return clock.instant().minusMillis(settings.membershipDelayMillis());
  }

  /** Writes a call down under the next number, which it returns. */
  long ask(LongFunction<Entry.Asked> call) {
    return ledger.ask(next -> {
      Entry.Asked asked = call.apply(next);
      heard(asked);
      return asked;
    });
  }

  void answered(Entry.Answered answer) {
    ledger.write(answer);
    log.answered(answer.request());
  }

  private void heard(Entry.Asked asked) {
    log.asked(asked.request(), asked.requestId(), asked.caller());
    Matcher session = SESSION.matcher(asked.target());
    if (session.lookingAt()) {
      sources.touched(String.valueOf(session.group(1)), asked.at());
    }
  }

  void settle(Settings other) {
    ledger.write(new Entry.Settled(other));
    settings = other;
  }

  /** Notes how the clock stands after it was set. */
  void clockSet() {
    ledger.write(
        new Entry.ClockSet(
            clock.offset(), clock.runs() ? Optional.empty() : Optional.of(clock.instant())));
    directory.clockSet();
  }

  @Override
  public void close() {
    ledger.close();
  }

  private boolean ownerGone(String owner) {
    return directory
        .find(owner)
        .map(user -> user.status() == Status.DEPROVISIONED || user.status() == Status.SUSPENDED)
        .orElse(true);
  }

  private void replay(Entry entry) {
    switch (entry) {
      case Entry.Changed(long change, long request, Instant at, var what) -> {
        directory.replay(what, at);
        log.saw(request, at, what);
      }
      case Entry.Sourced(long change, long request, Instant at, var what) -> {
        sources.replay(
            what, at, request, () -> Json.MAPPER.readTree(bodies.getOrDefault(request, "")));
        log.saw(request, at, what);
      }
      case Entry.Noted(var what) -> doorkeeper.replay(what);
      case Entry.Settled(Settings other) -> settings = other;
      case Entry.ClockSet(Duration offset, Optional<Instant> standing) -> {
        standing.ifPresentOrElse(clock::stand, () -> clock.move(offset));
        directory.clockSet();
      }
      case Entry.Asked asked -> {
        heard(asked);
        if (asked.body() != null && asked.target().contains("/sessions/")) {
          bodies.put(asked.request(), asked.body());
        }
      }
      case Entry.Answered answered -> {
        bodies.remove(answered.request());
        log.answered(answered.request());
      }
    }
  }
}
