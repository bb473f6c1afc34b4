package dev.rollcall.connector.okta.bulk;

import dev.rollcall.connector.okta.OktaSettings;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What may be set for one identity source of a tenant.
 *
 * @param tenant where it is and how Rollcall signs in
 * @param sourceId the id of the Custom Identity Source app, for example {@code
 *     0oaxc95befZNgrJl71d7}
 * @param attributes all attributes of a profile by the names they have in the app's profile; every
 *     one is sent with everybody, empty ones as null
 * @param batchSize requests in a session, 1 to {@value #MOST_REQUESTS}
 * @param pageSize people in a request, 1 to {@value #MOST_PEOPLE}
 * @param safeguardPercent how many of a hundred accounts one session may delete before Okta's own
 *     import safeguard would stop it; 100 when it is off there
 */
public record IdentitySourceSettings(
    OktaSettings tenant,
    String sourceId,
    List<String> attributes,
    int batchSize,
    int pageSize,
    int safeguardPercent) {

  /** So many requests Okta takes in a session. */
  public static final int MOST_REQUESTS = 50;

  /** So many people Okta takes in a request. */
  public static final int MOST_PEOPLE = 200;

  /** From where on Okta's import safeguard stops an import unless somebody set it otherwise. */
  public static final int USUAL_SAFEGUARD = 20;

  /** What a service app has to be granted for the calls of this connector. */
  public static final Set<String> SCOPES =
      Set.of("okta.identitySources.manage", "okta.logs.read", "okta.users.read");

  private static final int HTTPS = 443;
  private static final String ID = "[0-9A-Za-z]{10,40}";

  public IdentitySourceSettings {
    if (!sourceId.matches(ID)) {
      throw new IllegalArgumentException(
          "'%s' is not the id of an identity source, which looks like 0oaxc95befZNgrJl71d7"
              .formatted(sourceId));
    }
    within("batchSize", batchSize, MOST_REQUESTS);
    within("pageSize", pageSize, MOST_PEOPLE);
    within("safeguardPercent", safeguardPercent, 100);
    attributes = List.copyOf(attributes);
    if (Set.copyOf(attributes).size() < attributes.size()) {
      throw new IllegalArgumentException("an attribute is named twice in " + attributes);
    }
  }

  /** As large as Okta takes it, with Okta's usual safeguard. */
  public static IdentitySourceSettings of(
      OktaSettings tenant, String sourceId, List<String> attributes) {
    return new IdentitySourceSettings(
        tenant, sourceId, attributes, MOST_REQUESTS, MOST_PEOPLE, USUAL_SAFEGUARD);
  }

  /**
   * Names the identity source in all the world: the tenant's host, with the port where that is not
   * the usual one, a slash, its id.
   */
  public String name() {
    String host = tenant.baseUrl().getHost().toLowerCase(Locale.ROOT);
    int port = tenant.baseUrl().getPort();
    return (port < 0 || port == HTTPS ? host : host + ":" + port) + "/" + sourceId;
  }

  private static void within(String name, int number, int most) {
    if (number < 1 || number > most) {
      throw new IllegalArgumentException("%s is %d, not 1 to %d".formatted(name, number, most));
    }
  }
}
