package dev.rollcall.sync;

import dev.rollcall.event.Finish;
import dev.rollcall.finding.Finding;
import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Look;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.plan.Plan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a person should look at about somebody who was worked on. */
final class Noticing {

  private static final String LOGIN = "login";

  private Noticing() {}

  /**
   * What can be said now; empty when nobody has really looked, or will look again by himself.
   *
   * @param outside whether the account is in another system
   */
  static Optional<Look> of(Worked worked, Finish finish, boolean outside) {
    if (!finish.status().isFinal()) {
      return Optional.empty();
    }
    List<Finding> found = new ArrayList<>();
    Set<FindingKind> judged = EnumSet.noneOf(FindingKind.class);
    SyncEvent event = worked.event();
    Plan plan = worked.plan();
    if (worked.answered() && plan != null) {
      judged.addAll(
          EnumSet.of(
              FindingKind.MISSING_ATTRIBUTE,
              FindingKind.UNUSABLE_FACT,
              FindingKind.FAILED_DATE,
              FindingKind.LOGIN_CLASH));
      raise(found, worked, FindingKind.MISSING_ATTRIBUTE, missing(plan));
      raise(found, worked, FindingKind.UNUSABLE_FACT, remarks(plan));
      raise(found, worked, FindingKind.LOGIN_CLASH, clash(worked.outcome()));
      if (worked.outcome() instanceof Outcome.Completed) {
        judged.add(FindingKind.MISSING_ROLE);
        judged.add(FindingKind.MASTERED_ELSEWHERE);
        raise(found, worked, FindingKind.MISSING_ROLE, roles(plan, worked, outside));
      }
    }
    if (finish.status() == EventStatus.ERROR) {
      if (event.cause() == Cause.DUE) {
        found.add(failedDate(event, finish.reason()));
      }
      if (finish.error() == ErrorKind.CONFLICT) {
        raise(found, worked, FindingKind.LOGIN_CLASH, "not applied: " + finish.reason());
      }
    }
    return Optional.of(new Look(event.subject(), found, judged));
  }

  /** A date whose event ended without anybody having looked. */
  static Finding failedDate(SyncEvent event, @Nullable String reason) {
    return finding(
        event,
        FindingKind.FAILED_DATE,
        "what was to be done on a date failed: %s; once that is mended, retry the event"
            .formatted(reason));
  }

  private static @Nullable String missing(Plan plan) {
    return plan.missing().isEmpty()
        ? null
        : "no %s; tell the source, or take it out of the setting 'expected'"
            .formatted(String.join(", ", plan.missing()));
  }

  private static @Nullable String remarks(Plan plan) {
    return plan.remarks().isEmpty() ? null : String.join("; ", plan.remarks());
  }

  private static @Nullable String clash(Outcome outcome) {
    return outcome instanceof Outcome.Suspended(String reason, List<Candidate> candidates)
            && candidates.stream().anyMatch(Noticing::isClash)
        ? reason
        : null;
  }

  /** Somebody else's, with the login that is wanted. */
  private static boolean isClash(Candidate candidate) {
    return candidate.agree().stream().anyMatch(same -> same.attribute().equals(LOGIN))
        && candidate.conflict().stream()
            .anyMatch(other -> other.attribute().equals(Candidate.LINK));
  }

  private static @Nullable String roles(Plan plan, Worked worked, boolean outside) {
    Set<String> withheld = new TreeSet<>();
    List<Change> made =
        worked.toApply().isPresent() ? worked.toApply().get().changes() : plan.changes();
    for (Change change : plan.changes()) {
      if (change instanceof Change.JoinGroup(String role, String _) && !made.contains(change)) {
        withheld.add(role);
      }
    }
    return withheld.isEmpty()
        ? null
        : (outside
                ? "not joined, because there is no such group over there: %s; make it there, then re-sync the person"
                : "not given, because there is no such role: %s; 'rollcall roles seed FILE' makes it")
            .formatted(String.join(", ", withheld));
  }

  private static void raise(
      List<Finding> found, Worked worked, FindingKind kind, @Nullable String text) {
    if (text != null) {
      found.add(finding(worked.event(), kind, text));
    }
  }

  private static Finding finding(SyncEvent event, FindingKind kind, String text) {
    return new Finding(
        kind, event.instance(), event.subject(), Trouble.shortened(text), event.id(), null);
  }
}
