package dev.rollcall.config;

import dev.rollcall.config.HrSettings.Budget;
import dev.rollcall.config.HrSettings.Credential;
import dev.rollcall.config.HrSettings.Tenant;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what stands of Okta tenants, for every route that ends there. */
final class TenantReader {

  static final URI NOWHERE = URI.create("https://invalid");

  private TenantReader() {}

  static Map<String, Tenant> tenants(Section section, Secrets secrets) {
    Map<String, Tenant> tenants = new LinkedHashMap<>();
    Set<String> addresses = new HashSet<>();
    section
        .sections()
        .forEach((database, entry) -> {
          Tenant tenant = tenant(entry, secrets);
          entry.done();
          if (!tenant.url().equals(NOWHERE) && !addresses.add(host(tenant.url()))) {
            entry.problemAt(
                "url",
                "'%s.url': %s is another database's tenant already; each database needs its own"
                    .formatted(entry.path(), tenant.url()));
          }
          tenants.put(database, tenant);
        });
    return tenants;
  }

  private static String host(URI url) {
    return String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":" + url.getPort();
  }

  /** One tenant; whoever calls says that the entry is done. */
  static Tenant tenant(Section entry, Secrets secrets) {
    return new Tenant(
        address(entry, "a tenant, such as https://example.okta.com"), credential(entry, secrets));
  }

  /** The address at {@code url}; one that leads nowhere where it cannot be used. */
  static URI address(Section entry, String what) {
    URI url = NOWHERE;
    String text = entry.required("url");
    try {
      URI given = URI.create(text);
      boolean web = "https".equals(given.getScheme()) || "http".equals(given.getScheme());
      if (!web || given.getHost() == null || given.getRawUserInfo() != null) {
        throw new IllegalArgumentException(text);
      }
      url = given;
    } catch (IllegalArgumentException wrong) {
      if (!text.isBlank()) {
        entry.problemAt("url", "'%s.url' must be the address of %s".formatted(entry.path(), what));
      }
    }
    return url;
  }

  private static Credential credential(Section entry, Secrets secrets) {
    Optional<Secret> token = secrets.read(entry, "token");
    Optional<String> client = entry.text("clientId");
    Optional<Secret> key = secrets.read(entry, "privateKey");
    String keyId = entry.text("keyId").orElse(null);
    Set<String> scopes = Set.copyOf(entry.texts("scopes", List.of()));
    boolean dpop = entry.flag("dpop", true);
    if (token.isPresent() == client.isPresent()) {
      entry.problemAt(
          token.isPresent() ? "clientId" : "token",
          "'%s' needs a token, or a clientId with its privateKey".formatted(entry.path()));
    } else if (client.isPresent() && key.isEmpty()) {
      entry.problemAt(
          "privateKey", "'%s.privateKey' is needed with a clientId".formatted(entry.path()));
    }
    return client.isPresent()
        ? new Credential.ServiceApp(client.get(), key.orElse(new Secret("")), keyId, scopes, dpop)
        : new Credential.ApiToken(token.orElse(new Secret("")));
  }

  /** How much of a tenant's limits may be used. */
  static Budget budget(Section section) {
    Map<String, Integer> limits = new HashMap<>();
    Section given = section.section("limits");
    given
        .entries()
        .forEach((bucket, text) -> {
          try {
            int limit = Integer.parseInt(text);
            if (limit < 1) {
              throw new NumberFormatException(text);
            }
            limits.put(bucket, limit);
          } catch (NumberFormatException wrong) {
            given.problemAt(
                bucket,
                "'%s.%s' must be a whole number of calls per minute"
                    .formatted(given.path(), bucket));
          }
        });
    Budget budget = new Budget(section.number("reserve", 20, 0, 90), limits);
    section.done();
    return budget;
  }
}
