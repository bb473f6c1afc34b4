package dev.rollcall.sync;

import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.event.Finish;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Change;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Outcome;
import dev.rollcall.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an outcome is told in the audit: match, every change with its rule, and what became of it.
 */
final class OutcomeEntry {

  private OutcomeEntry() {}

  static AuditEntry of(Worked worked, Finish finish) {
    Map<String, Object> entry = status(finish, worked.outcome().reason());
    entry.putAll(told(worked));
    return new AuditEntry(
        AuditKind.OUTCOME,
        worked.event().instance(),
        worked.event().subject(),
        worked.event().id(),
        entry);
  }

  /** How an event ended. */
  static Map<String, Object> status(Finish finish, String reason) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("status", finish.status().code());
    entry.put("attempt", finish.attempt());
    entry.put("reason", reason);
    if (finish.error() != null) {
      entry.put("error", finish.error().name());
    }
    return entry;
  }

  /** What was found out, and what was, or is to be, changed. */
  static Map<String, Object> told(Worked worked) {
    Map<String, Object> entry = new LinkedHashMap<>();
    if (worked.outcome() instanceof Outcome.Suspended suspended) {
      entry.put("candidates", candidates(suspended.candidates()));
    }
    Plan plan = worked.plan();
    if (plan != null) {
      entry.put("match", match(plan.match()));
      List<Change> changes = worked.changes();
      if (changes != null) {
        entry.put("changes", changes(changes));
      }
      List<Change> withheld = worked.withheld();
      if (!withheld.isEmpty()) {
        entry.put("withheld", changes(withheld));
      }
    }
    return entry;
  }

  /** The match as told to people and programs. */
  static Map<String, Object> match(Match match) {
    return switch (match) {
      case Match.Linked(String account, String why) ->
          Map.of("kind", "linked", "account", account, "reason", why);
      case Match.Unique(String account, String why) ->
          Map.of("kind", "unique", "account", account, "reason", why);
      case Match.None(String why) -> Map.of("kind", "none", "reason", why);
      // What is known of the candidates stands beside the match.
      case Match.Ambiguous(List<Candidate> candidates, String why) ->
          Map.of(
              "kind",
              "ambiguous",
              "candidates",
              candidates.stream().map(Candidate::id).toList(),
              "reason",
              why);
    };
  }

  private static List<Map<String, Object>> candidates(List<Candidate> candidates) {
    List<Map<String, Object>> told = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", candidate.id());
      one.put("rule", candidate.rule());
      one.put("agree", candidate.agree().stream().map(OutcomeEntry::agreement).toList());
      one.put("conflict", candidate.conflict().stream().map(OutcomeEntry::conflict).toList());
      told.add(one);
    }
    return told;
  }

  private static Map<String, Object> agreement(Candidate.Agreement agreement) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("attribute", agreement.attribute());
    told.put("value", agreement.value());
    return told;
  }

  private static Map<String, Object> conflict(Candidate.Conflict conflict) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("attribute", conflict.attribute());
    put(told, "wanted", conflict.wanted());
    put(told, "found", conflict.found());
    return told;
  }

  /** The changes as told to people and programs, in order. */
  static List<Map<String, Object>> changes(List<Change> changes) {
    return changes.stream().map(OutcomeEntry::change).toList();
  }

  /** A change as told to people and programs. */
  static Map<String, Object> change(Change change) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("change", change.getClass().getSimpleName());
    switch (change) {
      case Change.Create create -> told.put("login", create.login());
      case Change.Update update -> {
        put(told, "attribute", update.attribute());
        boolean hidden = update.origin().isNationalId();
        put(told, "before", hidden ? hidden(update.before()) : update.before());
        put(
            told,
            "after",
            hidden ? hidden(update.after().textOrNull()) : update.after().textOrNull());
        origin(told, update.origin());
      }
      case Change.PutAffiliation put -> {
        told.put("institution", put.after().affiliation().institution());
        told.put("code", put.after().affiliation().code());
        put(told, "before", affiliation(put.before()));
        put(told, "after", affiliation(put.after()));
      }
      case Change.JoinGroup join -> told.put("role", join.group());
      case Change.LeaveGroup leave -> told.put("role", leave.group());
      case Change.Activate _, Change.Deactivate _, Change.Suspend _, Change.Unsuspend _ -> {}
    }
    told.put("reason", withoutRule(change));
    return told;
  }

  /** The rule stands beside the reason; an entry is written for every change there is. */
  private static String withoutRule(Change change) {
    String reason = change.reason();
    return change instanceof Change.Update update
            && reason.startsWith(update.origin().rule() + ": ")
        ? reason.substring(update.origin().rule().length() + 2)
        : reason;
  }

  private static void origin(Map<String, Object> told, Origin origin) {
    told.put("rule", origin.rule());
    told.put("record", origin.record());
    told.put("field", origin.field());
    put(told, "effdt", origin.effdt() == null ? null : origin.effdt().toString());
  }

  private static @Nullable Map<String, Object> affiliation(@Nullable HeldAffiliation held) {
    if (held == null) {
      return null;
    }
    Map<String, Object> told = new LinkedHashMap<>();
    put(told, "status", held.affiliation().status());
    put(told, "description", held.affiliation().description());
    put(told, "from", text(held.affiliation().from()));
    put(told, "to", text(held.affiliation().to()));
    told.putAll(held.affiliation().more());
    told.put("enabled", held.enabled());
    return told;
  }

  private static @Nullable String hidden(@Nullable String nationalId) {
    return nationalId == null ? null : "***";
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  @SuppressWarnings("NullAway") // the maps hold nulls on purpose: a cleared value is told as null
  private static void put(Map<String, Object> told, String name, @Nullable Object value) {
    told.put(name, value);
  }
}
