package dev.rollcall.app;

import static org.awaitility.Awaitility.await;

import dev.rollcall.config.Settings;
import dev.rollcall.config.SettingsFile;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventLookup;
import dev.rollcall.intake.Answer;
import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.Delivery;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real engine over a real database, with a clock that a test moves; no network. */
final class WholePath implements AutoCloseable {

  static final String YAML =
      """
      engine:
        lease: 5s
        poll: 50ms
      instances:
        campus:
          route: campus-to-repository
          itResource: PSFT Campus
      """;

  final SettableClock clock;
  final Database database;
  final Settings settings;
  private final boolean first;
  final Parts parts;

  WholePath() {
    this(YAML);
  }

  WholePath(String yaml) {
    this(yaml, TestDatabase.fresh());
  }

  /** On this database, which is closed at the end. */
  WholePath(String yaml, Database database) {
    this(settings(yaml), database, new SettableClock(Instant.parse("2026-11-20T12:00:00Z")), true);
  }

  private WholePath(Settings settings, Database database, SettableClock clock, boolean first) {
    this.settings = settings;
    this.database = database;
    this.clock = clock;
    this.first = first;
    parts = Parts.assemble(database, settings, clock, "test");
    parts.engine().start();
  }

  /** Another process on the same database. */
  WholePath again() {
    return new WholePath(settings, database, clock, false);
  }

  /** What these lines say. */
  static Settings settings(String yaml) {
    try {
      Path file = Files.createTempFile("rollcall", ".yaml");
      Files.writeString(file, yaml);
      Settings settings = new SettingsFile(Map.of()).read(file);
      Files.delete(file);
      return settings;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Answer send(CampusMessages message) {
    return send(message, Map.of());
  }

  Answer send(CampusMessages message, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Location", "PSFT Campus");
    headers.put("ExternalOperationName", "SCC_CONSTITUENT_SYNC.v1");
    headers.putAll(more);
    return parts
        .intake()
        .receive(
            new Delivery(headers, message.xml().getBytes(StandardCharsets.UTF_8), clock.instant()));
  }

  /** Waits until nothing waits any more. */
  void settle() {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> parts.lookup().backlog().waiting() == 0);
  }

  List<SyncEvent> events(String emplid) {
    return parts.lookup().find(new EventLookup.Filter(null, null, emplid, 100)).reversed();
  }

  Optional<Account> account(String emplid) {
    SubjectKey subject = new SubjectKey("campus", emplid);
    String id = parts.links().find(Parts.REPOSITORY, List.of(subject)).get(subject);
    return id == null
        ? Optional.empty()
        : Optional.ofNullable(parts.instances().getFirst().target().read(List.of(id)).get(id));
  }

  String value(String emplid, String attribute) {
    var value = account(emplid).orElseThrow().attributes().get(attribute);
    return value == null ? "" : String.valueOf(value.textOrNull());
  }

  @Override
  public void close() {
    parts.scheduler().close();
    parts.engine().close();
    if (first) {
      database.close();
    }
  }
}
