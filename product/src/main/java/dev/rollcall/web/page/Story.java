package dev.rollcall.web.page;

import dev.rollcall.audit.Audit.Stored;
import dev.rollcall.audit.AuditKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the audit says of an event, as a page tells it. */
final class Story {

  private static final List<String> TOLD =
      List.of(
          "status",
          "attempt",
          "reason",
          "error",
          "candidates",
          "match",
          "changes",
          "by",
          "cause",
          "withheld",
          "erased");

  private Story() {}

  /**
   * One thing that happened.
   *
   * @param kind as in the audit
   * @param by who did it, or null
   * @param status the code of the state the event was left in, or null
   * @param attempt which one it was, or null
   * @param match which account was taken for the person's and why, or null
   * @param candidates accounts that fit, of which a person has to choose
   * @param withheld changes that the guard held back
   * @param erased who emptied this entry, when and why, or null
   * @param rest whatever else is known: what the other side answered
   */
  record Step(
      Instant at,
      String kind,
      @Nullable String by,
      @Nullable String status,
      @Nullable String attempt,
      @Nullable String reason,
      @Nullable String error,
      @Nullable MatchTold match,
      List<CandidateTold> candidates,
      List<ChangeTold> changes,
      List<ChangeTold> withheld,
      @Nullable Erased erased,
      Map<String, String> rest) {

    /** Whether it tells of a call of another system. */
    public boolean isCall() {
      return kind.equals(AuditKind.CALL.code());
    }

    /** Whether that call was not answered with success; a question may be answered with none. */
    public boolean isRefused() {
      return isCall() && !foundNothing() && (status == null || !status.startsWith("2"));
    }

    /** Whether it asked for something that is not there. */
    public boolean foundNothing() {
      return isCall() && "404".equals(status) && "GET".equals(rest.get("method"));
    }
  }

  /** That an entry was emptied. */
  record Erased(String by, Instant at, String why) {}

  /**
   * Which account was taken for the person's.
   *
   * @param kind linked, unique, none or ambiguous
   * @param account its id, or null
   */
  record MatchTold(String kind, @Nullable String account, String reason) {}

  /**
   * An account that fits.
   *
   * @param rule by what it was found
   * @param agree what both sides say, in words
   * @param conflict what they say differently, in words
   */
  record CandidateTold(String account, String rule, List<String> agree, List<String> conflict) {}

  /**
   * One change.
   *
   * @param kind the change's word
   * @param what it changes
   * @param before null when there was nothing
   * @param after null when there is nothing any more
   * @param rule null for a change that no mapping rule made
   */
  record ChangeTold(
      String kind,
      String what,
      @Nullable String before,
      @Nullable String after,
      String reason,
      @Nullable String rule,
      @Nullable String record,
      @Nullable String field,
      @Nullable String effdt) {}

  static List<Step> of(List<Stored> entries) {
    return entries.stream().map(Story::step).toList();
  }

  /** One entry. */
  static Step step(Stored stored) {
    Map<String, Object> entry = stored.entry();
    Map<String, String> rest = new LinkedHashMap<>();
    entry.forEach((name, value) -> {
      if (!TOLD.contains(name)) {
        rest.put(name, String.valueOf(value));
      }
    });
    return new Step(
        stored.at(),
        stored.kind(),
        text(entry, "by"),
        text(entry, "status"),
        text(entry, "attempt"),
        text(entry, "reason"),
        text(entry, "error"),
        match(entry.get("match")),
        candidates(entry.get("candidates")),
        changes(entry.get("changes")),
        changes(entry.get("withheld")),
        erased(entry.get("erased")),
        rest);
  }

  private static @Nullable Erased erased(@Nullable Object told) {
    return told instanceof Map<?, ?> tombstone
        ? new Erased(
            String.valueOf(tombstone.get("by")),
            Instant.parse(String.valueOf(tombstone.get("at"))),
            String.valueOf(tombstone.get("why")))
        : null;
  }

  /** A match as an outcome or a preview tells it. */
  static @Nullable MatchTold match(@Nullable Object told) {
    return told instanceof Map<?, ?> match
        ? new MatchTold(
            String.valueOf(match.get("kind")),
            match.get("account") == null ? null : String.valueOf(match.get("account")),
            String.valueOf(match.get("reason")))
        : null;
  }

  /** The candidates as an outcome tells them. */
  static List<CandidateTold> candidates(@Nullable Object told) {
    List<CandidateTold> candidates = new ArrayList<>();
    if (told instanceof List<?> list) {
      for (Object one : list) {
        candidates.add(
            one instanceof Map<?, ?> candidate
                ? candidate(candidate)
                : new CandidateTold(String.valueOf(one), "", List.of(), List.of()));
      }
    }
    return candidates;
  }

  private static CandidateTold candidate(Map<?, ?> told) {
    return new CandidateTold(
        String.valueOf(told.get("id")),
        Objects.toString(told.get("rule"), ""),
        members(told.get("agree")).stream()
            .map(one -> one.get("attribute") + ": " + one.get("value"))
            .toList(),
        members(told.get("conflict")).stream()
            .map(one ->
                "%s: the source says %s, the account has %s"
                    .formatted(
                        one.get("attribute"),
                        Objects.toString(one.get("wanted"), "nothing"),
                        Objects.toString(one.get("found"), "nothing")))
            .toList());
  }

  private static List<Map<?, ?>> members(@Nullable Object told) {
    List<Map<?, ?>> members = new ArrayList<>();
    if (told instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof Map<?, ?> member) {
          members.add(member);
        }
      }
    }
    return members;
  }

  /** Changes as an outcome or a preview tells them. */
  static List<ChangeTold> changes(@Nullable Object told) {
    List<ChangeTold> changes = new ArrayList<>();
    if (told instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof Map<?, ?> change) {
          changes.add(change(change));
        }
      }
    }
    return changes;
  }

  private static ChangeTold change(Map<?, ?> change) {
    String kind = String.valueOf(change.get("change"));
    return switch (kind) {
      case "Create" -> told(change, "Create", "the account", null, textOrNull(change.get("login")));
      case "Update" ->
          told(
              change,
              "Update",
              String.valueOf(change.get("attribute")),
              textOrNull(change.get("before")),
              textOrNull(change.get("after")));
      case "PutAffiliation" ->
          told(
              change,
              "Affiliation",
              change.get("code") + " at " + change.get("institution"),
              affiliation(change.get("before")),
              affiliation(change.get("after")));
      case "JoinGroup" -> told(change, "Join", roleOf(change), null, roleOf(change));
      case "LeaveGroup" -> told(change, "Leave", roleOf(change), roleOf(change), null);
      case "Activate" -> told(change, "Activate", "the account", "Disabled", "Enabled");
      case "Deactivate" -> told(change, "Deactivate", "the account", "Enabled", "Disabled");
      case "Suspend" -> told(change, "Suspend", "the account", "Enabled", "Suspended");
      case "Unsuspend" -> told(change, "Unsuspend", "the account", "Suspended", "Enabled");
      default ->
          told(change, kind, "", textOrNull(change.get("before")), textOrNull(change.get("after")));
    };
  }

  private static String roleOf(Map<?, ?> change) {
    return String.valueOf(change.get("role"));
  }

  private static ChangeTold told(
      Map<?, ?> change, String kind, String what, @Nullable String before, @Nullable String after) {
    return new ChangeTold(
        kind,
        what,
        before,
        after,
        String.valueOf(change.get("reason")),
        textOrNull(change.get("rule")),
        textOrNull(change.get("record")),
        textOrNull(change.get("field")),
        textOrNull(change.get("effdt")));
  }

  /** For example {@code Enabled, status A (Active), from 2026-01-01 to 2026-12-31}. */
  private static @Nullable String affiliation(@Nullable Object told) {
    if (!(told instanceof Map<?, ?> held)) {
      return null;
    }
    StringBuilder text =
        new StringBuilder(Boolean.TRUE.equals(held.get("enabled")) ? "enabled" : "disabled");
    if (held.get("status") != null) {
      text.append(", status ").append(held.get("status"));
    }
    if (held.get("from") != null) {
      text.append(", from ").append(held.get("from"));
    }
    if (held.get("to") != null) {
      text.append(" to ").append(held.get("to"));
    }
    return text.toString();
  }

  private static @Nullable String text(Map<String, Object> entry, String name) {
    return textOrNull(entry.get(name));
  }

  private static @Nullable String textOrNull(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
