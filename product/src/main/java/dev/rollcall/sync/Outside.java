package dev.rollcall.sync;

import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.LineSource;
import dev.rollcall.spi.LinkCopy;
import dev.rollcall.spi.OutsideTarget;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to change accounts in another system.
 *
 * @param atOnce how many events are worked at the same time; each waits for its own answers
 * @param lines the source, when it asks for single actions; null otherwise
 * @param copy the source's own copy of the links; null when it keeps none
 */
public record Outside(
    OutsideTarget target,
    CallBudget budget,
    int atOnce,
    @Nullable LineSource lines,
    @Nullable LinkCopy copy) {
  public Outside {
    if (atOnce < 1) {
      throw new IllegalArgumentException("At least one event has to be worked at a time");
    }
  }
}
