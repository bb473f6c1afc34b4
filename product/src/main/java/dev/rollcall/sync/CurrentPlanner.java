package dev.rollcall.sync;

import dev.rollcall.plan.Planner;

/**
 * The planner of an instance, which can be replaced while people are worked on: whoever took the
 * earlier one ends with it, nobody sees half of each.
 */
public final class CurrentPlanner {

  private volatile Planner planner;

  public CurrentPlanner(Planner planner) {
    this.planner = planner;
  }

  /** The one in force; take it once for everything that belongs together. */
  Planner get() {
    return planner;
  }

  /** From now on this one is in force. */
  public void replace(Planner other) {
    this.planner = other;
  }
}
