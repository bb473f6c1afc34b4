package dev.rollcall.connector.okta;

import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Signs in and makes calls to one tenant. Safe for use by many threads. */
public final class OktaConnection {

  /** What Okta expects on every request ({@code facts/okta.md §1}). */
  static final Map<String, String> ALWAYS =
      Map.of(
          "Accept", "application/json",
          "Content-Type", "application/json",
          "User-Agent", "Rollcall");

  /** Says that the token is no good; another 401 means something else. */
  private static final int UNAUTHORIZED = 401;

  private static final String NOT_IN_THIS_TENANT = "E0000015";

  private final OktaSettings settings;
  private final HttpSender sender;
  private final OktaSignIn signIn;
  private final MeteredWire wire = new MeteredWire();

  /**
   * @param sender with the patience of the settings
   * @param clock for the life of tokens
   */
  public OktaConnection(OktaSettings settings, HttpSender sender, Clock clock) {
    this.settings = settings;
    this.sender = sender;
    this.signIn = OktaSignIn.of(settings, sender, clock);
  }

  /**
   * Makes a call; a second time only when the access token had run out, for then nothing was done.
   *
   * @return an answer with success
   * @throws ConnectorException otherwise
   */
  public Exchange call(Errand errand, OktaCall call) {
    Exchange answer = answer(errand, call);
    if (!answer.success()) {
      throw OktaFailure.of(call, answer);
    }
    return answer;
  }

  /**
   * As {@link #call}, for whoever knows himself what a refusal means.
   *
   * @return the answer, whatever the status
   * @throws ConnectorException when there was no whole answer, or nothing opens calls
   */
  public Exchange answer(Errand errand, OktaCall call) {
    Pass pass = signIn.pass(errand);
    Exchange answer = once(errand, call, pass);
    if (answer.status() == UNAUTHORIZED
        && !OktaError.of(answer).code().equals(NOT_IN_THIS_TENANT)
        && signIn.renewable(pass)) {
      answer = once(errand, call, signIn.pass(errand));
    }
    return answer;
  }

  private Exchange once(Errand errand, OktaCall call, Pass pass) {
    URI address = settings.address(call.path(), call.query());
    Map<String, String> headers = new HashMap<>(ALWAYS);
    headers.putAll(pass.headers(call.method(), address));
    return wire.exchange(
        errand, call, pass, () -> sender.send(call.method(), address, headers, call.body()));
  }
}
