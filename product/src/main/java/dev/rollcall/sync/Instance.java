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
 * @param outside what it takes to change accounts in another system one by one; null when they are
 *     not
 * @param bulk what it takes to give another system many people together; null when they are not
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
    @Nullable Outside outside,
    @Nullable Bulk bulk) {

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
    this(name, sourceName, source, current, target, targetName, state, zone, null, null);
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
    return new Instance(
        name, sourceName, source, current, asked, targetName, state, zone, outside, null);
  }

  /** An instance whose accounts are given to another system together. */
  public static Instance bulk(
      String name,
      String sourceName,
      Source source,
      CurrentPlanner current,
      Bulk bulk,
      String targetName,
      InstanceState state,
      ZoneId zone) {
    return new Instance(
        name,
        sourceName,
        source,
        current,
        bulk.target().accepted(),
        targetName,
        state,
        zone,
        null,
        bulk);
  }

  /** Whether its accounts are in another system. */
  public boolean elsewhere() {
    return outside != null || bulk != null;
  }

  /** The same, with nothing believed that its source has stored before. */
  Instance live() {
    return new Instance(
        name,
        sourceName,
        new LiveSource(source),
        current,
        target,
        targetName,
        state,
        zone,
        outside,
        bulk);
  }

  /** The same, on an errand. */
  Instance during(AccountTarget accounts) {
    return new Instance(
        name, sourceName, source, current, accounts, targetName, state, zone, outside, bulk);
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
        null,
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
