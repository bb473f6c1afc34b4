package dev.rollcall.app;

import dev.rollcall.db.Database;
import dev.rollcall.web.ClockControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock of a demo: the machine's time and an offset kept in the database, so that all processes
 * and the simulators have one time. Another process sees a move within the refresh interval.
 */
final class DemoClock extends Clock implements ClockControl, AutoCloseable {

  private static final Duration REFRESH = Duration.ofMillis(100);

  /** Far enough for every scenario, and within what PostgreSQL and every simulator can hold. */
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2999-12-31T00:00:00Z");

  private final Database database;
  private final List<URI> simulators;
  private final Duration skew;
  private final AtomicLong offset = new AtomicLong();
  private final Thread refresher;
  private volatile boolean stopping;

  /**
   * @param simulators their control addresses; they are told about every move
   * @param skew how wrong this machine's clock is made to be
   */
  DemoClock(Database database, Collection<URI> simulators, Duration skew) {
    this.database = database;
    this.simulators = List.copyOf(simulators);
    this.skew = skew;
    offset.set(stored());
    this.refresher = Thread.ofVirtual().name("demo-clock").start(this::refresh);
  }

  @Override
  public Instant instant() {
    return real().plusSeconds(offset.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new Zoned(this, zone);
  }

  private static final class Zoned extends Clock {
    private final Clock clock;
    private final ZoneId zone;

    Zoned(Clock clock, ZoneId zone) {
      this.clock = clock;
      this.zone = zone;
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new Zoned(clock, other);
    }
  }

  @Override
  public void set(Instant now) {
    check(now);
    move(Duration.between(real(), now).toSeconds());
  }

  @Override
  public void advance(Duration by) {
    if (by.abs().compareTo(Duration.between(EARLIEST, LATEST)) > 0) {
      throw outside();
    }
    long seconds = stored() + by.toSeconds();
    check(real().plusSeconds(seconds));
    move(seconds);
  }

  private static void check(Instant wanted) {
    if (wanted.isBefore(EARLIEST) || wanted.isAfter(LATEST)) {
      throw outside();
    }
  }

  private static IllegalArgumentException outside() {
    return new IllegalArgumentException("The clock goes from " + EARLIEST + " to " + LATEST);
  }

  private void move(long seconds) {
    database.jdbc().sql("update clock_offset set seconds = :s").param("s", seconds).update();
    offset.set(seconds);
    for (URI simulator : simulators) {
      tell(simulator, seconds);
    }
  }

  private static void tell(URI simulator, long seconds) {
    HttpRequest request =
        HttpRequest.newBuilder(simulator.resolve("/_control/clock"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"offsetSeconds\":" + seconds + "}"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 300) {
        throw new IOException(simulator + " answered " + status);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "The clock was moved, but the simulator was not told: " + failure.getMessage(), failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void refresh() {
    while (!stopping) {
      try {
        Thread.sleep(REFRESH);
        offset.set(stored());
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException unreachable) {
        // The last known offset stays; the database is looked for again at the next turn.
      }
    }
  }

  private long stored() {
    return database.jdbc().sql("select seconds from clock_offset").query(Long.class).single();
  }

  private Instant real() {
    return Instant.now().plus(skew);
  }

  @Override
  public void close() {
    stopping = true;
    refresher.interrupt();
  }
}
