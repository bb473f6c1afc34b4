package dev.rollcall.connector.oraclehcm;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How Rollcall proves to Oracle HCM who it is ({@code facts/oracle-hcm.md §8}). Never shown. */
public sealed interface HcmAuth {

  /** A user of Oracle HCM; sent with each call. */
  record Basic(String user, String password) implements HcmAuth {
    public Basic {
      if (user.isBlank() || user.indexOf(':') >= 0) {
        throw new IllegalArgumentException("the user is blank or has a colon");
      }
      if (password.isBlank()) {
        throw new IllegalArgumentException("the password is blank");
      }
    }

    @Override
    public String toString() {
      return "the user " + user;
    }
  }

  /**
   * A confidential application of the identity domain, which is given tokens for a while (client
   * credentials).
   *
   * @param tokenUrl where tokens are given, for example {@code
   *     https://idcs-1234.identity.example/oauth2/v1/token}
   * @param scope what is asked for; null where the application has just one
   */
  record ClientCredentials(
      URI tokenUrl, String clientId, String clientSecret, @Nullable String scope)
      implements HcmAuth {
    public ClientCredentials {
      HcmSettings.checkAddress(tokenUrl);
      if (clientId.isBlank() || clientSecret.isBlank()) {
        throw new IllegalArgumentException("the client id or its secret is blank");
      }
    }

    @Override
    public String toString() {
      return "the application " + clientId;
    }
  }
}
