package dev.rollcall.web;

import java.time.Duration;
import java.time.Instant;

/** Moves Rollcall's clock and that of the simulators; there is one only in a demo. */
public interface ClockControl {

  /** Makes it this time, everywhere. */
  void set(Instant now);

  /** Moves the time by this much, everywhere. */
  void advance(Duration by);
}
