package dev.rollcall.config;

/** A text that is never printed: not in logs, not in errors, not in a settings page. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
