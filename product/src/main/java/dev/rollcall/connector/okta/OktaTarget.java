package dev.rollcall.connector.okta;

import dev.rollcall.http.HttpSender;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.OutsideTarget;
import java.time.Clock;

/**
 * The users of one Okta tenant as accounts: attributes are those of the profile by Okta's names,
 * groups the names of those that Rollcall manages. Safe for use by many threads; what it gives for
 * an errand is for one.
 */
public final class OktaTarget implements OutsideTarget {

  private final OktaSettings settings;
  private final OktaConnection connection;
  private final GroupIds groups;
  private final RecentMemberships recent;

  /**
   * @param sender with the patience of the settings
   * @param clock for the life of tokens and of what is remembered
   */
  public OktaTarget(OktaSettings settings, HttpSender sender, Clock clock) {
    this.settings = settings;
    this.connection = new OktaConnection(settings, sender, clock);
    this.groups = new GroupIds(clock);
    this.recent = new RecentMemberships(clock);
  }

  @Override
  public AccountTarget during(Errand errand) {
    return new OktaAccounts(settings, new OktaClient(connection, errand), errand, groups, recent);
  }
}
