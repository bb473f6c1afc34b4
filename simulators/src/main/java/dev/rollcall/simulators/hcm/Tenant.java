package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.hcm.people.Population;
import dev.rollcall.simulators.hcm.people.Scenario;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.state.JsonLines;
import dev.rollcall.simulators.state.SimulatedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One tenant from the first line of its ledger to its reset. Safe for many threads. */
final class Tenant implements AutoCloseable {
  private final SimulatedClock clock;
  private final long seed;
  private final Ledger ledger;
  private final Faults faults = new Faults();
  private volatile Population population = Population.EMPTY;
  private volatile Settings settings = Settings.DEFAULTS;

  private Tenant(Path state, SimulatedClock clock, long seed) {
    this.clock = clock;
    this.seed = seed;
    ledger = new Ledger(Ledger.file(state), this::replay);
  }

  /** Opens a state directory, new or left behind. */
  static Tenant open(Path state, SimulatedClock clock, long seed) {
    return new Tenant(state, clock, seed);
  }

  /** Puts a directory's ledger aside, so that the next opening starts empty. */
  static void setAside(Path state) {
    JsonLines.rotate(Ledger.file(state));
  }

  Population population() {
    return population;
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

  LocalDate today() {
    return LocalDate.now(clock);
  }

  /**
   * Lets something happen, and writes it down.
   *
   * @param request the call after which it happens by itself; 0 when somebody asked for it
   * @return whom it was about, where they were few
   */
  synchronized List<String> act(long request, Scenario.Act act, ObjectNode words) {
    long change = ledger.nextChange();
    ObjectNode body = words.deepCopy();
    if (!body.has("seed")) {
      body.put("seed", seed + change);
    }
    Instant now = clock.instant();
    Scenario.Done done = Scenario.happen(act, population, call(body), now, today());
    ledger.write(new Entry.Acted(change, request, now, today(), act, body));
    population = done.after();
    return done.people();
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
  }

  @Override
  public void close() {
    ledger.close();
  }

  private void replay(Entry entry) {
    switch (entry) {
      case Entry.Acted acted ->
          population =
              Scenario.happen(
                      acted.act(), population, call(acted.body()), acted.at(), acted.today())
                  .after();
      case Entry.Settled(Settings other) -> settings = other;
      case Entry.ClockSet(Duration offset, Optional<Instant> standing) ->
          standing.ifPresentOrElse(clock::stand, () -> clock.move(offset));
      case Entry.Asked asked -> {}
      case Entry.Answered answered -> {}
    }
  }

  private static Call call(ObjectNode body) {
    return new Call(Map.of(), Map.of(), body);
  }
}
