package dev.rollcall.connector.oraclehcm;

import dev.rollcall.http.HttpSender;
import dev.rollcall.spi.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;

/** Gets what opens calls. Safe for use by many threads. */
interface HcmSignIn {

  /**
   * The Authorization header of the next call.
   *
   * @throws ConnectorException when there is none to be had
   */
  String header();

  /**
   * Told that Oracle HCM refused it.
   *
   * @return whether there can be another one, so that the call may be tried again
   */
  boolean renewable(String refused);

  static HcmSignIn of(HcmAuth auth, HttpSender sender, Clock clock) {
    return switch (auth) {
      case HcmAuth.Basic(String user, String password) ->
          new Always(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
      case HcmAuth.ClientCredentials application -> new HcmTokens(application, sender, clock);
    };
  }

  /** One that does not change. */
  record Always(String header) implements HcmSignIn {
    @Override
    public boolean renewable(String refused) {
      return false;
    }
  }
}
