package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would be done about one person now.
 *
 * @param match which account is theirs, as an event tells it; null when it did not come to that
 * @param changes each with {@code change, attribute, before, after, rule, reason} and what else is
 *     known of it, in order
 * @param outcome what it would end as: created, changed, linked, unchanged, skipped, suspended or
 *     failed
 * @param reason why it would end like that
 */
public record Previewed(
    SubjectKey subject,
    @Nullable Map<String, Object> match,
    List<Map<String, Object>> changes,
    String outcome,
    String reason) {

  private static final String ENABLED = Account.Status.ENABLED.label();
  private static final String DISABLED = Account.Status.DISABLED.label();
  private static final String SUSPENDED = Account.Status.SUSPENDED.label();

  static Previewed of(Worked worked) {
    Plan plan = worked.plan();
    return new Previewed(
        worked.event().subject(),
        plan == null ? null : OutcomeEntry.match(plan.match()),
        plan == null ? List.of() : plan.changes().stream().map(Previewed::told).toList(),
        outcome(worked.outcome()),
        worked.outcome().reason());
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed completed -> completed.reason();
      case Outcome.Skipped _ -> "skipped";
      case Outcome.Suspended _ -> "suspended";
      case Outcome.Deferred _, Outcome.Failed _ -> "failed";
    };
  }

  /** As an event tells it, with the same members for every kind of change. */
  @SuppressWarnings("NullAway") // the map holds nulls on purpose: no value is told as null
  private static Map<String, Object> told(Change change) {
    Map<String, Object> told = new LinkedHashMap<>(OutcomeEntry.change(change));
    switch (change) {
      case Change.Create create -> fill(told, "login", null, create.login());
      case Change.Activate _ -> fill(told, "status", DISABLED, ENABLED);
      case Change.Deactivate _ -> fill(told, "status", ENABLED, DISABLED);
      case Change.Suspend _ -> fill(told, "status", ENABLED, SUSPENDED);
      case Change.Unsuspend _ -> fill(told, "status", SUSPENDED, ENABLED);
      case Change.JoinGroup join -> fill(told, "roles", null, join.group());
      case Change.LeaveGroup leave -> fill(told, "roles", leave.group(), null);
      case Change.PutAffiliation _ -> fill(told, "affiliations", null, null);
      case Change.Update _ -> {}
    }
    told.putIfAbsent("rule", null);
    return told;
  }

  @SuppressWarnings("NullAway") // as above
  private static void fill(
      Map<String, Object> told, String attribute, @Nullable String before, @Nullable String after) {
    told.put("attribute", attribute);
    told.putIfAbsent("before", before);
    told.putIfAbsent("after", after);
  }
}
