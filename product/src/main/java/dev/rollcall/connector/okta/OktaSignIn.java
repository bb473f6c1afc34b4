package dev.rollcall.connector.okta;

import dev.rollcall.http.HttpSender;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.time.Clock;

/** Gets what opens calls. Safe for use by many threads. */
interface OktaSignIn {

  /**
   * What opens the next call.
   *
   * @param errand on whose account a call is made, should one be needed
   * @throws ConnectorException when Okta gives none
   */
  Pass pass(Errand errand);

  /**
   * Told that Okta refused it.
   *
   * @return whether there can be another one, so that the call may be tried again
   */
  boolean renewable(Pass refused);

  static OktaSignIn of(OktaSettings settings, HttpSender sender, Clock clock) {
    return switch (settings.auth()) {
      case OktaAuth.ApiToken(String token) -> new Always(new Pass("SSWS", token, null));
      case OktaAuth.ServiceApp app ->
          new AccessTokens(new TokenCall(settings, app, sender, clock), clock);
    };
  }

  /** One that does not change. */
  record Always(Pass pass) implements OktaSignIn {
    @Override
    public Pass pass(Errand errand) {
      return pass;
    }

    @Override
    public boolean renewable(Pass refused) {
      return false;
    }
  }
}
