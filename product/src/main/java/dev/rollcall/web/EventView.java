package dev.rollcall.web;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.SyncEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event as the REST API tells it. */
record EventView(
    long event,
    String instance,
    String source,
    String subject,
    String cause,
    String priority,
    String status,
    int attempt,
    Instant due,
    @Nullable Long parent,
    Instant appended,
    @Nullable Instant finished,
    @Nullable String reason,
    @Nullable String error) {

  static EventView of(SyncEvent event) {
    ErrorKind error = event.error();
    return new EventView(
        event.id(),
        event.instance(),
        event.subject().source(),
        event.subject().id(),
        event.cause().name(),
        event.priority().name(),
        event.status().code(),
        event.attempt(),
        event.due(),
        event.parent(),
        event.appended(),
        event.finished(),
        event.reason(),
        error == null ? null : error.name());
  }
}
