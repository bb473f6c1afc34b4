package dev.rollcall.simulators.okta.directory;

import java.util.List;

/** Where a user stands, and which operations a user in that state publishes as links. */
public enum Status {
  STAGED,
  PROVISIONED,
  ACTIVE,
  RECOVERY,
  PASSWORD_EXPIRED,
  LOCKED_OUT,
  SUSPENDED,
  DEPROVISIONED;

  /** The names of the links of a user in this state, besides those that every user has. */
  public List<String> links() {
    return switch (this) {
      case STAGED -> List.of("activate");
      case PROVISIONED, RECOVERY -> List.of("suspend", "resetPassword", "reactivate", "deactivate");
      case ACTIVE, PASSWORD_EXPIRED ->
          List.of(
              "suspend",
              "resetPassword",
              "forgotPassword",
              "expirePassword",
              "changeRecoveryQuestion",
              "changePassword",
              "deactivate");
      case LOCKED_OUT -> List.of("unlock", "resetPassword", "deactivate");
      case SUSPENDED -> List.of("unsuspend", "deactivate");
      case DEPROVISIONED -> List.of("activate", "delete");
    };
  }
}
