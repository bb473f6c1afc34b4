package dev.rollcall.simulators.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The system's clock moved by an offset, or standing still until it is moved on; every stamp and
 * every "today" of a simulator uses it. Safe for many threads.
 */
public final class SimulatedClock extends Clock {
  private final ZoneId zone;
  private Duration offset = Duration.ZERO;
  private @Nullable Instant still;

  public SimulatedClock(ZoneId zone) {
    this.zone = zone;
  }

  /** Lets it run again, this far from the system's clock. */
  public synchronized void move(Duration newOffset) {
    offset = newOffset;
    still = null;
  }

  /** Makes it stand still at this instant, for work in virtual time. */
  public synchronized void stand(Instant at) {
    still = at;
    offset = Duration.between(Instant.now(), at);
  }

  /** Moves it on, whether it runs or stands still. */
  public synchronized void advance(Duration by) {
    if (still == null) {
      offset = offset.plus(by);
    } else {
      stand(still.plus(by));
    }
  }

  /** Whether it moves by itself. */
  public synchronized boolean runs() {
    return still == null;
  }

  public synchronized Duration offset() {
    return offset;
  }

  @Override
  public synchronized Instant instant() {
    return still == null ? Instant.now().plus(offset) : still;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    SimulatedClock clock = new SimulatedClock(other);
    if (runs()) {
      clock.move(offset());
    } else {
      clock.stand(instant());
    }
    return clock;
  }
}
