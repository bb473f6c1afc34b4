package dev.rollcall.simulators.okta.source;

/**
 * What an identity source's application has on its pages "To Okta" and "Import Safeguard".
 *
 * @param matchOn which attribute of a user makes an exact match
 * @param autoConfirmExact whether an exact match needs nobody's confirmation
 * @param autoConfirmNew whether a new user needs nobody's confirmation
 * @param autoActivate whether a new user is activated, which sends them an e-mail
 * @param sourcing whether profile and lifecycle of linked users are the source's
 * @param reactivateSuspended whether a suspended user who is sent again is active again
 * @param reactivateDeactivated whether a deactivated user who is sent again is activated again
 * @param safeguardPercent the import is stopped where more than this part of the assignments would
 *     end; 100 for never
 * @param omittedClears whether an attribute that a profile does not mention is cleared. Nobody
 *     publishes which of the two it is, so a client must be right with both.
 */
public record AppSettings(
    MatchOn matchOn,
    boolean autoConfirmExact,
    boolean autoConfirmNew,
    boolean autoActivate,
    boolean sourcing,
    boolean reactivateSuspended,
    boolean reactivateDeactivated,
    int safeguardPercent,
    boolean omittedClears) {

  /** What is compared to find somebody who is there already. */
  public enum MatchOn {
    LOGIN,
    EMAIL,
    NONE
  }

  /** With every box checked that the settings of an unattended import need. */
  public static final AppSettings DEFAULTS =
      new AppSettings(MatchOn.LOGIN, true, true, true, true, true, true, 20, false);

  /**
   * Checks the percentage.
   *
   * @throws IllegalArgumentException where it is none
   */
  public AppSettings {
    if (safeguardPercent < 0 || safeguardPercent > 100) {
      throw new IllegalArgumentException("'safeguardPercent' is a percentage from 0 to 100");
    }
  }
}
