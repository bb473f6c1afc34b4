package dev.rollcall.connector.oraclehcm;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.connector.oraclehcm.HcmSettings.Filter;
import dev.rollcall.connector.oraclehcm.HcmSettings.Reader;
import dev.rollcall.db.Database;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.PolledSource.Changed;
import dev.rollcall.spi.PolledSource.Changes;
import dev.rollcall.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A small Oracle HCM, and the connector before it. */
final class Pod implements AutoCloseable {

  static final String PASSWORD = "SecretOfThisPod";
  private static final AtomicInteger SOURCES = new AtomicInteger();

  final FakeHcm hcm = new FakeHcm();
  final SettableClock clock = new SettableClock(Instant.parse("2026-10-01T12:00:00Z"));
  final List<Duration> pauses = new ArrayList<>();
  final HttpSender sender = new HttpSender(Duration.ofSeconds(20));
  final String name = "hcm" + SOURCES.incrementAndGet();
  final HcmStage stage;

  HcmSettings settings;
  private @Nullable String active;
  private @Nullable String leavers;

  Pod(Database database) {
    this.stage = new HcmStage(database, name);
    this.settings =
        HcmSettings.of(hcm.url(), new HcmAuth.Basic("reader", PASSWORD), ZoneId.of("UTC"));
    hcm.locations.put(Workers.HEADQUARTERS, "Headquarters");
  }

  /** Takes the place of the settings; who connects afterwards has these. */
  Pod with(Reader reader, int pageSize, int overlap, int created, Filter... filters) {
    settings =
        new HcmSettings(
            hcm.url(),
            settings.auth(),
            reader,
            reader == Reader.WORKERS ? 4 : 2,
            settings.version(),
            settings.zone(),
            pageSize,
            overlap,
            created,
            3,
            List.of(filters),
            3,
            20,
            3,
            settings.patience());
    return this;
  }

  void auth(HcmAuth auth) {
    settings = HcmSettings.of(hcm.url(), auth, settings.zone());
  }

  HcmPeople people() {
    return new HcmPeople(settings, sender, clock, pauses::add);
  }

  /** As after a restart: nothing is known but what the stage keeps. */
  OracleHcmSource source(Kind kind) {
    return new OracleHcmSource(people(), stage, kind, clock);
  }

  SubjectKey subject(long id) {
    return new SubjectKey(name, Long.toString(id));
  }

  /** A whole poll of the active ones; who is told of, in order. */
  List<Changed> poll() {
    List<Changed> told = new ArrayList<>();
    active = poll(source(Kind.ACTIVE), active, told);
    return told;
  }

  List<Changed> pollLeavers() {
    List<Changed> told = new ArrayList<>();
    leavers = poll(source(Kind.LEAVERS), leavers, told);
    return told;
  }

  static String poll(OracleHcmSource source, @Nullable String from, List<Changed> told) {
    String checkpoint = from;
    boolean more = true;
    while (more) {
      Changes changes = source.changes(checkpoint, 500);
      told.addAll(changes.changed());
      more = changes.more() && !changes.checkpoint().equals(checkpoint);
      checkpoint = changes.checkpoint();
    }
    return String.valueOf(checkpoint);
  }

  /** Polls the active ones, of whom somebody is told. */
  List<Long> ids() {
    return poll().stream().map(one -> Long.valueOf(one.subject().id())).toList();
  }

  void add(long id, Reader reader, String lastName, @Nullable String end) {
    hcm.put(
        id,
        List.of(
            reader == Reader.WORKERS
                ? Workers.worker(id, lastName, end)
                : Workers.emp(id, lastName, end)));
  }

  HcmRun lastRun() {
    return stage.runs(1).getFirst();
  }

  @Override
  public void close() throws IOException {
    hcm.close();
    sender.close();
  }
}
