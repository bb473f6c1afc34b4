package dev.rollcall.sync;

import dev.rollcall.event.InstanceStates;
import dev.rollcall.guard.ChangeClass;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Change;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.plan.Plan;
import dev.rollcall.spi.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event that was thought through, and what should become of it.
 *
 * @param plan what was found out, null when it did not come to that
 * @param application what is to be written on the other side, null when nothing is
 */
record Worked(
    SyncEvent event, @Nullable Plan plan, @Nullable Application application, Outcome outcome) {

  static Worked without(SyncEvent event, Outcome outcome) {
    return new Worked(event, null, null, outcome);
  }

  Worked instead(Outcome other) {
    return new Worked(event, plan, null, other);
  }

  /** The same when not all changes were made: what is left is what became of it. */
  Worked without(List<Change> withheld, String why) {
    if (application == null) {
      return this;
    }
    List<Change> made = new ArrayList<>(application.changes());
    made.removeAll(withheld);
    Application less =
        new Application(
            application.subject(),
            application.found(),
            application.wanted(),
            made,
            application.decided());
    Outcome became =
        outcome instanceof Outcome.Suspended(String held, List<Candidate> candidates)
            ? new Outcome.Suspended(held + "; " + why, candidates)
            : new Outcome.Completed((made.isEmpty() ? "unchanged" : outcome.reason()) + "; " + why);
    return new Worked(event, plan, less, became);
  }

  /** The same, with something that a person should know although it is done. */
  Worked remarked(String remark) {
    return new Worked(
        event, plan, application, new Outcome.Completed(outcome.reason() + "; " + remark));
  }

  /** The same, stopped before the first write. */
  Worked previewed() {
    return application == null
        ? this
        : new Worked(event, plan, null, new Outcome.Skipped(InstanceStates.PREVIEWED));
  }

  /** The changes that were made, or would have been; null when it did not come to that. */
  @Nullable List<Change> changes() {
    if (application != null) {
      return application.changes();
    }
    boolean previewed = outcome.equals(new Outcome.Skipped(InstanceStates.PREVIEWED));
    return previewed && plan != null ? plan.changes() : null;
  }

  /** The changes that the guard did not let through. */
  List<Change> withheld() {
    List<Change> made = changes();
    if (plan == null || !looked() || (made == null && outcome instanceof Outcome.Completed)) {
      return List.of();
    }
    if (made == null) {
      return plan.changes();
    }
    return plan.changes().stream()
        .filter(change -> ChangeClass.of(change).isPresent() && !made.contains(change))
        .toList();
  }

  /** Whether it was found out what is to be done, if anything. */
  boolean looked() {
    return plan != null && !(plan.stop() instanceof Outcome.Suspended) && answered();
  }

  Optional<Application> toApply() {
    return Optional.ofNullable(application);
  }

  /**
   * Whether the facts were looked at to the end, so that waiting events of the subject are moot.
   */
  boolean answered() {
    return switch (outcome) {
      case Outcome.Completed _, Outcome.Skipped _, Outcome.Suspended _ -> true;
      case Outcome.Deferred _, Outcome.Failed _ -> false;
    };
  }
}
