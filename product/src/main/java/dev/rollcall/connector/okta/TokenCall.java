package dev.rollcall.connector.okta;

import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks for an access token, signed with the app's own key: the only way to Okta's scopes ({@code
 * facts/okta.md §6}).
 */
final class TokenCall {

  private static final String PATH = "/oauth2/v1/token";
  private static final Duration ASSERTED = Duration.ofMinutes(5);
  private static final String NONCE = "dpop-nonce";

  private final OktaAuth.ServiceApp app;
  private final MeteredWire wire;
  private final HttpSender sender;
  private final Clock clock;
  private final URI address;
  private final SigningKey key;
  private final @Nullable DpopProofs proofs;
  private volatile @Nullable String nonce;

  TokenCall(OktaSettings settings, OktaAuth.ServiceApp app, HttpSender sender, Clock clock) {
    this.app = app;
    this.wire = new MeteredWire();
    this.sender = sender;
    this.clock = clock;
    this.address = settings.address(PATH, null);
    this.key = KeyText.read(app.key(), app.keyId());
    this.proofs = app.dpop() ? new DpopProofs(clock) : null;
  }

  /**
   * Gets a token.
   *
   * @throws ConnectorException when Okta gives none
   */
  AccessTokens.Token token(Errand errand) {
    Exchange answer = ask(errand);
    if (!answer.success() && proofs != null && asksForNonce(answer)) {
      answer = ask(errand);
    }
    if (!answer.success()) {
      throw refused(answer);
    }
    return read(answer);
  }

  private Exchange ask(Errand errand) {
    String assertion = assertion();
    Map<String, String> headers = new HashMap<>(OktaConnection.ALWAYS);
    headers.remove("Content-Type");
    if (proofs != null) {
      headers.put("DPoP", proofs.proof("POST", address, null, nonce));
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    fields.put("scope", String.join(" ", new TreeSet<>(app.scopes())));
    fields.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    fields.put("client_assertion", assertion);
    Exchange answer =
        wire.exchange(
            errand,
            new OktaCall("POST", PATH, null, PATH, false, false, null),
            new Pass("", assertion, null),
            () -> sender.form(address, headers, fields));
    String given = answer.headers().get(NONCE);
    if (given != null) {
      nonce = given;
    }
    return answer;
  }

  private String assertion() {
    Instant now = Instant.now(clock);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", app.clientId());
    claims.put("sub", app.clientId());
    claims.put("aud", address.toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(ASSERTED).getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    return key.sign(Map.of("typ", "JWT"), claims);
  }

  private static boolean asksForNonce(Exchange answer) {
    return answer.headers().containsKey(NONCE)
        && OktaError.of(answer).code().equals("use_dpop_nonce");
  }

  private AccessTokens.Token read(Exchange answer) {
    JsonNode said = OktaJson.tree(answer, "POST " + PATH);
    String token = said.path("access_token").asString("");
    String type = said.path("token_type").asString("");
    long seconds = said.path("expires_in").asLong(0);
    if (token.isEmpty() || seconds <= 0) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE,
          "Okta answered POST %s with success and without a token or its lifetime".formatted(PATH),
          null);
    }
    boolean bound = type.equalsIgnoreCase("DPoP");
    if (bound != (proofs != null)) {
      throw new ConnectorException(
          ErrorKind.REFUSED_CREDENTIALS,
          "Okta gives %s tokens of the type %s; set dpop to %s"
              .formatted(app.clientId(), type, bound),
          null);
    }
    return AccessTokens.Token.of(
        new Pass(bound ? "DPoP" : "Bearer", token, proofs),
        Instant.now(clock),
        Duration.ofSeconds(seconds));
  }

  private ConnectorException refused(Exchange answer) {
    OktaError error = OktaError.of(answer);
    ErrorKind kind = OktaFailure.kindOfTrouble(answer.status(), ErrorKind.REFUSED_CREDENTIALS);
    String advice =
        error.code().equals("invalid_dpop_proof") && proofs == null
            ? "; the app requires DPoP: set dpop to true"
            : "";
    return new ConnectorException(
        kind, "Okta gave %s no token: %s%s".formatted(app.clientId(), error.text(), advice), null);
  }
}
