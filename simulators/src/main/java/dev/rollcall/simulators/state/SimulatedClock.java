package dev.rollcall.simulators.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The system's clock moved by an offset; every stamp and every "today" of a simulator uses it. */
public final class SimulatedClock extends Clock {
  private final ZoneId zone;
  private volatile Duration offset = Duration.ZERO;

  public SimulatedClock(ZoneId zone) {
    this.zone = zone;
  }

  public void move(Duration newOffset) {
    offset = newOffset;
  }

  public Duration offset() {
    return offset;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    SimulatedClock clock = new SimulatedClock(other);
    clock.move(offset);
    return clock;
  }
}
