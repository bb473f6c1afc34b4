package dev.rollcall.guard;

import dev.rollcall.model.Change;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A class of changes that can do harm in numbers, each with a limit of its own. */
public enum ChangeClass {
  /** Accounts whose owner may not use them any more. */
  DEACTIVATIONS("deactivations"),
  /** Accounts that lose a group or role, however many. */
  GROUP_REMOVALS("groupRemovals"),
  /** Accounts that are made. */
  CREATIONS("creations"),
  /** Accounts whose login becomes another one. */
  LOGIN_CHANGES("loginChanges"),
  /** Accounts whose e-mail becomes another one, or none. */
  EMAIL_CHANGES("emailChanges");

  private final String code;

  ChangeClass(String code) {
    this.code = code;
  }

  /** As set, stored and shown. */
  public String code() {
    return code;
  }

  /** The class a change belongs to; empty for one that does no harm, however many there are. */
  public static Optional<ChangeClass> of(Change change) {
    return switch (change) {
      case Change.Create _ -> Optional.of(CREATIONS);
      case Change.Deactivate _, Change.Suspend _ -> Optional.of(DEACTIVATIONS);
      case Change.LeaveGroup _ -> Optional.of(GROUP_REMOVALS);
      // The first value of an attribute takes nothing from anybody.
      case Change.Update update ->
          update.before() == null ? Optional.empty() : ofAttribute(update.attribute());
      case Change.Activate _, Change.Unsuspend _, Change.JoinGroup _, Change.PutAffiliation _ ->
          Optional.empty();
    };
  }

  private static Optional<ChangeClass> ofAttribute(String attribute) {
    return switch (attribute.toLowerCase(Locale.ROOT)) {
      case "login" -> Optional.of(LOGIN_CHANGES);
      case "email" -> Optional.of(EMAIL_CHANGES);
      default -> Optional.empty();
    };
  }

  /**
   * The class with this code.
   *
   * @throws IllegalArgumentException when there is none; the message lists them
   */
  public static ChangeClass ofCode(String code) {
    for (ChangeClass one : values()) {
      if (one.code.equals(code)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "Unknown class of changes '%s'; one of %s"
            .formatted(
                code,
                Arrays.stream(values()).map(ChangeClass::code).collect(Collectors.joining(", "))));
  }
}
