package dev.rollcall.sync;

import dev.rollcall.event.Events;
import dev.rollcall.event.Finish;
import dev.rollcall.event.NewEvent;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.plan.Upcoming;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one pending date of a subject after an event was worked. An answer replaces it, whatever it
 * was. What failed or waits for a person has answered nothing: then the earliest date stands, and a
 * date whose own event failed comes again the next day, or nobody would ever look again.
 */
final class PendingDates {

  private final Instance instance;
  private final Worked worked;
  private final Finish finish;
  private final List<SyncEvent> pending;
  private final @Nullable Upcoming upcoming;
  private final @Nullable SyncEvent standing;

  /**
   * @param behind the waiting events of the subject, read before its facts were fetched
   */
  PendingDates(Instance instance, Worked worked, Finish finish, List<SyncEvent> behind) {
    this.instance = instance;
    this.worked = worked;
    this.finish = finish;
    this.pending = behind.stream().filter(event -> event.cause() == Cause.DUE).toList();
    this.upcoming = worked.plan() == null ? null : worked.plan().next();
    this.standing = standing();
  }

  /** Whether this event was a date, and ended without anybody having looked. */
  static boolean isLost(SyncEvent event) {
    return event.cause() == Cause.DUE && event.status() == EventStatus.ERROR;
  }

  /** The date once more, because its event failed. */
  static NewEvent again(SyncEvent failed, Instant due) {
    return new NewEvent(
        failed.instance(),
        failed.subject(),
        Cause.DUE,
        Priority.NORMAL,
        due,
        failed.id(),
        EventStatus.NEW,
        "event " + failed.id() + ", which came on its date, failed");
  }

  /** The pending dates that another one replaces. */
  List<Events.Cancellation> moot() {
    if (!replaces()) {
      return List.of();
    }
    return pending.stream()
        .filter(date -> standing == null || date.id() != standing.id())
        .map(date ->
            new Events.Cancellation(
                date.id(), "event " + worked.event().id() + " found another date"))
        .toList();
  }

  /** The date to append, when none that stands will do. */
  Optional<NewEvent> next(LocalDate today) {
    SyncEvent event = worked.event();
    if (upcoming != null) {
      boolean wanted = replaces() && standing == null;
      return wanted ? Optional.of(appended(upcoming)) : Optional.empty();
    }
    boolean lost = event.cause() == Cause.DUE && finish.status() == EventStatus.ERROR;
    return lost && pending.isEmpty()
        ? Optional.of(again(event, startOf(today.plusDays(1))))
        : Optional.empty();
  }

  private NewEvent appended(Upcoming next) {
    return new NewEvent(
        instance.name(),
        worked.event().subject(),
        Cause.DUE,
        Priority.NORMAL,
        startOf(next.date()),
        worked.event().id(),
        EventStatus.NEW,
        next.why());
  }

  private boolean replaces() {
    return switch (worked.outcome()) {
      case Outcome.Completed _, Outcome.Skipped _ -> worked.plan() != null;
      case Outcome.Suspended _, Outcome.Failed _ ->
          finish.status().isFinal() && upcoming != null && isEarliest(startOf(upcoming.date()));
      case Outcome.Deferred _ -> false;
    };
  }

  private boolean isEarliest(Instant due) {
    return pending.stream().map(SyncEvent::due).noneMatch(other -> other.isBefore(due));
  }

  private @Nullable SyncEvent standing() {
    if (upcoming == null) {
      return null;
    }
    Instant due = startOf(upcoming.date());
    return pending.stream().filter(date -> date.due().equals(due)).findFirst().orElse(null);
  }

  private Instant startOf(LocalDate day) {
    return day.atStartOfDay(instance.zone()).toInstant();
  }
}
