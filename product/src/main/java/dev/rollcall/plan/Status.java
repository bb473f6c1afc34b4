package dev.rollcall.plan;

/** Status codes of PeopleSoft rows, which come as code or as text ({@code §7} of the facts). */
final class Status {

  private Status() {}

  static boolean isActive(String status) {
    return status.equalsIgnoreCase("A") || status.equalsIgnoreCase("Active");
  }
}
