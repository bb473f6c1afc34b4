package dev.rollcall.web.page;

import dev.rollcall.audit.Audit.Stored;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.audit.AuditSearch.Hit;
import dev.rollcall.model.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of the audit, told in words.
 *
 * @param name of the person it is about, or null
 * @param said what happened, in a sentence without its full stop
 * @param why in the words of whoever did it, or of the outcome; or null
 * @param step what happened to an event, with each change
 * @param kept all that is kept, as it is
 */
record AuditLine(
    Hit hit,
    @Nullable String name,
    String said,
    @Nullable String why,
    Story.Step step,
    String kept) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Where the person's page is; null when it is about nobody. */
  public @Nullable String personPath() {
    return hit.subject() == null ? null : Paths.person(hit.subject());
  }

  /** How many changes it tells of. */
  public int changes() {
    return step.changes().size() + step.withheld().size();
  }

  static AuditLine of(Hit hit, @Nullable String name) {
    Map<String, Object> entry = hit.entry();
    return new AuditLine(
        hit,
        name,
        said(hit.kind(), entry),
        Objects.toString(entry.getOrDefault("reason", entry.get("why")), null),
        Story.step(new Stored(hit.id(), hit.at(), hit.kind(), entry)),
        JSON.writeValueAsString(entry));
  }

  private static String said(String code, Map<String, Object> entry) {
    // Another process may be newer and write kinds that are not known here yet.
    AuditKind kind =
        Arrays.stream(AuditKind.values())
            .filter(one -> one.code().equals(code))
            .findFirst()
            .orElse(null);
    return switch (kind) {
      case null -> code;
      case OUTCOME -> "Worked" + attempt(entry);
      case CALL ->
          "Called another system: %s %s, which answered %s"
              .formatted(
                  text(entry, "method"),
                  text(entry, "path"),
                  entry.getOrDefault("status", "nothing"));
      case CLAIM_LOST -> "The process that worked it went away; given back";
      case MESSAGE_REPEATED -> "A message came again and had no second effect";
      case MESSAGE_REFUSED -> "A message was refused with " + entry.get("status");
      case REQUESTED -> requested(entry);
      case DECIDED -> decided(entry);
      case FINDING_DONE -> "Has looked at the finding: " + text(entry, "text");
      case ERASED ->
          "Erased what was said about this person: "
              + String.join(
                  ", ",
                  counted(entry.get("audit"), "audit entry", "audit entries"),
                  counted(entry.get("events"), "reason of an event", "reasons of events"),
                  counted(entry.get("messages"), "message", "messages"),
                  counted(entry.get("findings"), "finding", "findings"));
      case EXPORTED -> "Took out " + told(entry, "by");
      case TIDIED -> "Removed what was older than the settings keep";
      case ROLES_SEEDED -> "Made roles: " + told(entry, "by");
      case SIGNED_IN -> "Signed in from " + entry.get("address");
      case SIGN_IN_REFUSED -> entry.get("user") + " was not let in from " + entry.get("address");
      case ACCESS_CHANGED -> access(entry);
      case NATIONAL_ID_SEEN ->
          "Looked at the national ids of this person"
              + (entry.get("message") == null ? "" : ", in a message");
      case ADOPTED -> "Said that this database belongs where it is";
    };
  }

  private static String counted(@Nullable Object number, String one, String several) {
    String told = String.valueOf(number);
    return told + " " + (told.equals("1") ? one : several);
  }

  private static String attempt(Map<String, Object> entry) {
    String attempt = text(entry, "attempt");
    return attempt.isEmpty() || attempt.equals("1") ? "" : ", attempt " + attempt;
  }

  private static String requested(Map<String, Object> entry) {
    String action = text(entry, "action");
    String cause = text(entry, "cause");
    return switch (action) {
      case "pause" -> "Paused the instance";
      case "resume" -> "Let the instance go on";
      case "link" -> "Linked the account that fits";
      case "" ->
          cause.isEmpty()
              ? "Asked for: " + told(entry, "by")
              : cause.equals(Cause.RETRY.name()) ? "Asked to try again" : "Asked to look again";
      default -> "Asked for: " + action;
    };
  }

  private static String decided(Map<String, Object> entry) {
    return switch (text(entry, "action")) {
      case "release" -> "Released what was held: " + joined(entry.get("classes"));
      case "reject" -> "Rejected what was held: " + joined(entry.get("classes"));
      default ->
          entry.get("link") != null
              ? "Decided that account " + entry.get("link") + " is this person’s"
              : Boolean.TRUE.equals(entry.get("create"))
                  ? "Decided that a new account is made"
                  : "Decided";
    };
  }

  private static String access(Map<String, Object> entry) {
    String user = text(entry, "user");
    String token = text(entry, "token");
    return switch (text(entry, "did")) {
      case "add user" -> "Added the user " + user + ", " + allowed(entry);
      case "change role" ->
          "Made %s %s, until then %s"
              .formatted(
                  user,
                  allowed(entry),
                  allowed(entry.get("roleBefore"), entry.get("nationalIdsBefore")));
      case "disable user" -> "Lets " + user + " sign in no more";
      case "enable user" -> "Lets " + user + " sign in again";
      case "reset password" -> "Reset the password of " + user;
      case "change password" -> "Changed the own password";
      case "create token" ->
          "Created the token %s, %s, good until %s"
              .formatted(token, allowed(entry), entry.get("expires"));
      case "revoke token" -> "Revoked the token " + token;
      default -> told(entry, "by");
    };
  }

  private static String allowed(Map<String, Object> entry) {
    return allowed(entry.get("role"), entry.get("nationalIds"));
  }

  private static String allowed(@Nullable Object role, @Nullable Object nationalIds) {
    return role + (Boolean.TRUE.equals(nationalIds) ? " who may see national ids" : "");
  }

  /** Whatever it tells, but for this member. */
  private static String told(Map<String, Object> entry, String without) {
    return entry.entrySet().stream()
        .filter(member -> !member.getKey().equals(without))
        .map(member ->
            member.getKey().equals("what")
                ? String.valueOf(member.getValue())
                : member.getKey() + " " + member.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String joined(@Nullable Object list) {
    return list instanceof List<?> all
        ? all.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(list);
  }

  private static String text(Map<String, Object> entry, String name) {
    return Objects.toString(entry.get(name), "");
  }
}
