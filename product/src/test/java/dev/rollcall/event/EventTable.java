package dev.rollcall.event;

import dev.rollcall.db.Database;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An empty event table, as two processes use it. */
final class EventTable {

  static final String CAMPUS = "campus";
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Duration LEASE = Duration.ofMinutes(10);

  final Database database = SharedDatabase.emptied();
  final SettableClock clock = new SettableClock(NOON);
  final Events events = new Events(database.jdbc(), clock);
  final EventLookup lookup = new EventLookup(database.jdbc(), clock);
  final Claims here = new Claims(database.jdbc(), clock, "here", LEASE);
  final Claims there = new Claims(database.jdbc(), clock, "there", LEASE);

  static SubjectKey subject(String id) {
    return new SubjectKey("campus", id);
  }

  long append(String id, Cause cause, Priority priority) {
    return append(id, cause, priority, clock.instant());
  }

  long append(String id, Cause cause, Priority priority, Instant due) {
    return append(new NewEvent(CAMPUS, subject(id), cause, priority, due, null, NEW, null));
  }

  long append(NewEvent event) {
    return database.inTransaction(() -> events.append(event));
  }

  private static final EventStatus NEW = EventStatus.NEW;

  long message(String id) {
    return append(id, Cause.MESSAGE, Priority.NORMAL);
  }

  Claim claim(int limit) {
    return here.claim(CAMPUS, limit).orElseThrow();
  }

  List<Long> claimed(int limit) {
    return here.claim(CAMPUS, limit).stream()
        .flatMap(claim -> claim.events().stream())
        .map(SyncEvent::id)
        .toList();
  }

  void finish(long event, EventStatus status) {
    finish(event, status, clock.instant(), "because");
  }

  void finish(long event, EventStatus status, Instant due, @Nullable String reason) {
    @Nullable ErrorKind error = status == EventStatus.ERROR ? ErrorKind.INVALID : null;
    database.inTransaction(
        () -> events.finish(List.of(new Finish(event, status, 1, due, reason, error))));
  }

  List<SyncEvent> rescue(int maxAttempts) {
    return database.inTransaction(() -> here.rescue(maxAttempts));
  }

  /** As if its process had not renewed the lease in time; leases run on PostgreSQL's clock. */
  void expire(UUID token) {
    database
        .jdbc()
        .sql("update claim set lease_until = clock_timestamp() - interval '1s' where token = :t")
        .param("t", token)
        .update();
  }

  SyncEvent event(long id) {
    return lookup.byId(id).orElseThrow();
  }

  EventStatus status(long id) {
    return event(id).status();
  }

  Optional<String> reason(long id) {
    return Optional.ofNullable(event(id).reason());
  }

  long claims() {
    return database.jdbc().sql("select count(*) from claim").query(Long.class).single();
  }
}
