package dev.rollcall.connector.okta;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What opens calls for a while.
 *
 * @param scheme how Okta calls its kind: SSWS, Bearer or DPoP
 * @param secret what is sent; never shown
 * @param proofs what is sent beside it; null when it is bound to no key
 */
record Pass(String scheme, String secret, @Nullable DpopProofs proofs) {

  /** What one request has to carry. */
  Map<String, String> headers(String method, URI address) {
    String authorization = scheme + " " + secret;
    return proofs == null
        ? Map.of("Authorization", authorization)
        : Map.of(
            "Authorization", authorization, "DPoP", proofs.proof(method, address, secret, null));
  }

  /** A text of the other side without what opens calls, should it have said it again. */
  String hidden(String text) {
    return text.replace(secret, "(hidden)");
  }

  @Override
  public String toString() {
    return scheme + " (hidden)";
  }
}
