package dev.rollcall.connector.okta;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be set for one Okta tenant.
 *
 * @param baseUrl the tenant, for example {@code https://example.okta.com}; without path and query
 * @param auth how Rollcall signs in
 * @param correlationAttribute the profile attribute that says whose account it is, for example
 *     {@code employeeNumber}: an account with a wanted login is only taken when it is equal
 * @param managedGroups the names of the groups whose members Rollcall decides; memberships in
 *     others are not looked at
 * @param loginIsEmail whether a login has to look like an e-mail address, as in every tenant that
 *     did not change it
 * @param sendEmail whether Okta e-mails people when their accounts are activated
 * @param patience how long to wait for a connection, and for an answer
 */
public record OktaSettings(
    URI baseUrl,
    OktaAuth auth,
    String correlationAttribute,
    Set<String> managedGroups,
    boolean loginIsEmail,
    boolean sendEmail,
    Duration patience) {

  private static final String ATTRIBUTE = "[A-Za-z_][A-Za-z0-9_]*";

  public OktaSettings {
    String scheme = baseUrl.getScheme();
    if (!"https".equals(scheme) && !"http".equals(scheme)) {
      throw new IllegalArgumentException(baseUrl + " does not begin with https://");
    }
    if (baseUrl.getHost() == null || baseUrl.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the base URL is not just the host of a tenant");
    }
    if (!isBlank(baseUrl.getRawQuery()) || !isBlank(baseUrl.getRawFragment())) {
      throw new IllegalArgumentException("the base URL has more than host and path");
    }
    if (!isAttribute(correlationAttribute)) {
      throw new IllegalArgumentException(
          correlationAttribute + " cannot be the name of a profile attribute");
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience is " + patience);
    }
    managedGroups = Set.copyOf(managedGroups);
  }

  /** Nobody is e-mailed, and half a minute is waited for an answer. */
  public static OktaSettings of(
      URI baseUrl, OktaAuth auth, String correlationAttribute, Set<String> managedGroups) {
    return new OktaSettings(
        baseUrl, auth, correlationAttribute, managedGroups, true, false, Duration.ofSeconds(30));
  }

  /**
   * For people who are given in sessions: no groups are looked at, nobody is e-mailed by a call of
   * ours, and who is who is said by the external id.
   */
  public static OktaSettings forSessions(
      URI baseUrl, OktaAuth auth, boolean loginIsEmail, Duration patience) {
    return new OktaSettings(baseUrl, auth, "externalId", Set.of(), loginIsEmail, false, patience);
  }

  /** The address of something of the tenant. */
  URI address(String path, @Nullable String query) {
    String base = baseUrl.toString();
    String start = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(start + path + (query == null ? "" : "?" + query));
  }

  /** Whether this can be a profile attribute's name; then it may stand in a search as it is. */
  static boolean isAttribute(String name) {
    return name.matches(ATTRIBUTE);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
