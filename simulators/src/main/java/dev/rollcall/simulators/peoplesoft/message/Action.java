package dev.rollcall.simulators.peoplesoft.message;

import com.fasterxml.jackson.annotation.JsonValue;

/** AUDIT_ACTN of a row or of a whole transaction. */
public enum Action {
  ADDED("A"),
  CHANGED("C"),
  DELETED("D"),
  KEY_OLD("K"),
  KEY_NEW("N"),
  ORIGINAL("O"),
  /** A row sent unchanged, for context; as a root action it means "added". */
  BLANK("");

  private final String code;

  Action(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }
}
