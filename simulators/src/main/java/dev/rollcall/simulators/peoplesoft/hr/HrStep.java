package dev.rollcall.simulators.peoplesoft.hr;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can happen to a person. */
enum HrStep {
  HIRE,
  NAME_CHANGED,
  PREFERRED_NAME,
  EMAIL_CHANGED,
  EMAIL_BLANKED,
  LEAVE,
  RETURN,
  TERMINATION,
  REHIRE,
  TYPE_CHANGED,
  TYPE_ADDED;

  /** As calls name it: {@code nameChanged}. */
  String word() {
    String[] parts = name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder word = new StringBuilder(parts[0]);
    for (int part = 1; part < parts.length; part++) {
      word.append(parts[part].substring(0, 1).toUpperCase(Locale.ROOT))
          .append(parts[part].substring(1));
    }
    return word.toString();
  }

  static Optional<HrStep> ofWord(String word) {
    return Arrays.stream(values()).filter(step -> step.word().equals(word)).findFirst();
  }
}
