package dev.rollcall.model;

/** What becomes of the events of an instance. */
public enum InstanceState {
  /** They wait; messages are stored and answered all the same. */
  OFF("off"),
  /** They are worked up to the first write, which is left out: what it would be is audited. */
  PREVIEW("preview"),
  /** They are worked. */
  ON("on");

  private final String code;

  InstanceState(String code) {
    this.code = code;
  }

  /** As set, stored and shown. */
  public String code() {
    return code;
  }

  /**
   * The state with this code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static InstanceState ofCode(String code) {
    for (InstanceState state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("Unknown state '" + code + "'; one of off, preview, on");
  }
}
