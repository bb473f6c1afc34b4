package dev.rollcall.connector.okta;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How Rollcall proves to Okta who it is ({@code facts/okta.md §6}). Never shown. */
public sealed interface OktaAuth {

  /**
   * A token of Okta's own kind. It has the rights of the administrator who made it, and ends with
   * them.
   */
  record ApiToken(String token) implements OktaAuth {
    public ApiToken {
      if (token.isBlank()) {
        throw new IllegalArgumentException("the API token is blank");
      }
    }

    @Override
    public String toString() {
      return "an API token";
    }
  }

  /**
   * A service app that signs with its private key and is given tokens for an hour.
   *
   * @param clientId of the app
   * @param key the private key: PEM (PKCS #8) or JWK; RSA, or elliptic on P-256
   * @param keyId under which Okta knows the key; null to take the {@code kid} of a JWK
   * @param scopes what is asked for; each has to be granted to the app
   * @param dpop whether every token and call is bound to a key of this process, as new apps ask
   */
  record ServiceApp(
      String clientId, String key, @Nullable String keyId, Set<String> scopes, boolean dpop)
      implements OktaAuth {

    /** What the calls of this connector need. */
    public static final Set<String> SCOPES = Set.of("okta.users.manage", "okta.groups.manage");

    public ServiceApp {
      if (clientId.isBlank()) {
        throw new IllegalArgumentException("the client id is blank");
      }
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("no scope is asked for; " + SCOPES + " are needed");
      }
      scopes = Set.copyOf(scopes);
      // An unusable key is to be known when the settings are read, not with the first call.
      KeyText.read(key, keyId);
    }

    @Override
    public String toString() {
      return "the service app %s with %s%s"
          .formatted(clientId, new TreeSet<>(scopes), dpop ? " and DPoP" : "");
    }
  }
}
