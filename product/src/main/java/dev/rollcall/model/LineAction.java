package dev.rollcall.model;

import java.util.Arrays;
import java.util.Optional;

/** What a request line asks for ({@code facts/peoplesoft.md §1.9}). */
public enum LineAction {
  /** Make an account that is not switched on. */
  CREATE_INACTIVE("CR8I"),
  /** Make an account and switch it on. */
  CREATE_ACTIVE("CR8A"),
  /** Make it a member of groups. */
  JOIN_GROUP("GRPA"),
  /** End its membership of groups. */
  LEAVE_GROUP("GRPR"),
  /** Switch it on. */
  ACTIVATE("USRA"),
  /** Switch it off. */
  DEACTIVATE("USRD"),
  /** Bring its attributes up to date. */
  UPDATE("USAU");

  private final String code;

  LineAction(String code) {
    this.code = code;
  }

  /** As it stands in CHG_LINE_ACTION. */
  public String code() {
    return code;
  }

  /** The action with this code; empty when there is none. */
  public static Optional<LineAction> ofCode(String code) {
    return Arrays.stream(values()).filter(action -> action.code.equals(code)).findFirst();
  }
}
