package dev.rollcall.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When a job runs. */
public sealed interface Timing {

  /** When a job that has never run is due first. */
  Instant first(Instant now);

  /** When a job whose turn begins now is due next; always later than now. */
  Instant next(Instant now);

  /** More time than ever lies between two turns. */
  Duration longest();

  /**
   * As soon as the service runs, and then always when this much time has passed since the last turn
   * began.
   *
   * @param interval at least a second
   */
  record Every(Duration interval) implements Timing {
    public Every {
      if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("An interval of at least 1s is needed: " + interval);
      }
    }

    @Override
    public Instant first(Instant now) {
      return now;
    }

    @Override
    public Instant next(Instant now) {
      return now.plus(interval);
    }

    @Override
    public Duration longest() {
      return interval;
    }
  }

  /**
   * Once a day at this time of day. A time that a change of clocks leaves out comes that much later
   * on that day; one that comes twice is taken the first time.
   */
  record Daily(LocalTime at, ZoneId zone) implements Timing {
    @Override
    public Instant first(Instant now) {
      return next(now);
    }

    @Override
    public Instant next(Instant now) {
      ZonedDateTime local = now.atZone(zone);
      Instant today = local.toLocalDate().atTime(at).atZone(zone).toInstant();
      return today.isAfter(now)
          ? today
          : local.toLocalDate().plusDays(1).atTime(at).atZone(zone).toInstant();
    }

    @Override
    public Duration longest() {
      // Zones have left out a whole day.
      return Duration.ofHours(49);
    }
  }
}
