package dev.rollcall.sync;

import dev.rollcall.model.InstanceState;
import dev.rollcall.plan.Planner;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Source;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named route at work: where facts come from, how they are thought about, where accounts are.
 *
 * @param name unique in the configuration
 * @param sourceName the name under which its subjects are known
 * @param current how they are thought about at the moment
 * @param targetName the target system's name: links are unique within it
 * @param state what becomes of its events
 * @param zone the institution's time zone: it decides when a day begins
 * @param outside what it takes to change accounts in another system; null when they are in our own
 *     database
 */
public record Instance(
    String name,
    String sourceName,
    Source source,
    CurrentPlanner current,
    AccountTarget target,
    String targetName,
    InstanceState state,
    ZoneId zone,
    @Nullable Outside outside) {

  /** An instance whose accounts are in our own database. */
  public Instance(
      String name,
      String sourceName,
      Source source,
      CurrentPlanner current,
      AccountTarget target,
      String targetName,
      InstanceState state,
      ZoneId zone) {
    this(name, sourceName, source, current, target, targetName, state, zone, null);
  }

  /**
   * An instance whose accounts are in another system; people's own questions are asked there, too.
   */
  public static Instance outside(
      String name,
      String sourceName,
      Source source,
      CurrentPlanner current,
      Outside outside,
      String targetName,
      InstanceState state,
      ZoneId zone) {
    AccountTarget asked = new Remembered(outside.target().during(new Question(outside.budget())));
    return new Instance(name, sourceName, source, current, asked, targetName, state, zone, outside);
  }

  /** The same, on an errand. */
  Instance during(AccountTarget accounts) {
    return new Instance(
        name, sourceName, source, current, accounts, targetName, state, zone, outside);
  }

  /** An instance that is on and begins with this planner. */
  public Instance(
      String name,
      String sourceName,
      Source source,
      Planner planner,
      AccountTarget target,
      String targetName,
      ZoneId zone) {
    this(
        name,
        sourceName,
        source,
        new CurrentPlanner(planner),
        target,
        targetName,
        InstanceState.ON,
        zone,
        null);
  }

  /** The planner in force; take it once for everything that belongs together. */
  public Planner planner() {
    return current.get();
  }

  /** The attributes that are read from a national id, which is never shown. */
  public Set<String> nationalIds() {
    return planner().nationalIds();
  }
}
