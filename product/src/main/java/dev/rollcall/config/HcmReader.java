package dev.rollcall.config;

import dev.rollcall.config.HcmRouteSettings.Hcm;
import dev.rollcall.config.HcmRouteSettings.IdentitySource;
import dev.rollcall.config.HcmRouteSettings.SignIn;
import dev.rollcall.model.InstanceState;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads an instance of the route hcm-to-okta. */
final class HcmReader {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final int MOST_DAYS = 36_500;

  private HcmReader() {}

  static HcmRouteSettings read(
      String name, Section entry, Map<String, InstanceState> states, Secrets secrets) {
    Hcm hcm = hcm(entry.section("hcm"), secrets);
    Section okta = entry.section("okta");
    HcmRouteSettings settings =
        new HcmRouteSettings(
            name,
            entry.named("source", "hcm"),
            entry.oneOf("state", states, InstanceState.ON),
            every(entry, "every", Duration.ofHours(1)),
            every(entry, "leaversEvery", Duration.ofHours(1)),
            entry.zone("timeZone", ZoneOffset.UTC),
            hcm,
            sources(entry.section("tenants"), secrets),
            okta.duration("patience", Duration.ofSeconds(60)),
            TenantReader.budget(entry.section("budget")),
            GuardReader.read(entry.section("guard")));
    okta.done();
    String host = String.valueOf(hcm.url().getHost()).toLowerCase(Locale.ROOT);
    if (!hcm.url().equals(TenantReader.NOWHERE) && !settings.sources().containsKey(host)) {
      entry.problemAt(
          "tenants",
          "'%s.tenants' needs an entry for %s, such as %s: {url: https://example.okta.com, identitySource: 0oa..., token: env:OKTA_TOKEN}"
              .formatted(entry.path(), host, host));
    }
    return settings;
  }

  private static Duration every(Section entry, String key, Duration usual) {
    Duration every = entry.duration(key, usual);
    if (every.compareTo(SHORTEST) < 0) {
      entry.problemAt(key, "'%s.%s' must be at least 1m".formatted(entry.path(), key));
    }
    return every.compareTo(SHORTEST) < 0 ? SHORTEST : every;
  }

  private static Hcm hcm(Section section, Secrets secrets) {
    boolean emps = section.oneOf("reader", Map.of("workers", false, "emps", true), false);
    Hcm hcm =
        new Hcm(
            TenantReader.address(section, "Oracle HCM, such as https://example.fa.oraclecloud.com"),
            signIn(section, secrets),
            emps,
            section.number("framework", emps ? 1 : 4, 1, 9),
            section.text("version", "11.13.18.05"),
            section.number("createdDays", 0, 0, MOST_DAYS),
            section.number("deactivatedDays", 3, 1, MOST_DAYS),
            section.section("filters").entries(),
            section.number("mostQuarantined", 10, 0, 100_000),
            section.number("collapsePercent", 20, 0, 100),
            section.duration("patience", Duration.ofSeconds(60)));
    if (emps ? hcm.framework() > 2 : hcm.framework() != 4) {
      section.problemAt(
          "framework",
          "'%s.framework' must be %s"
              .formatted(section.path(), emps ? "1 or 2 for emps" : "4 for workers"));
    }
    section.done();
    return hcm;
  }

  private static SignIn signIn(Section section, Secrets secrets) {
    Optional<String> user = section.text("user");
    Optional<Secret> password = secrets.read(section, "password");
    Optional<String> tokenUrl = section.text("tokenUrl");
    String clientId = section.text("clientId", "");
    Optional<Secret> clientSecret = secrets.read(section, "clientSecret");
    String scope = section.text("scope").orElse(null);
    if (user.isPresent() == tokenUrl.isPresent()) {
      section.problemAt(
          "user",
          "'%s' needs a user with a password, or a tokenUrl with clientId and clientSecret"
              .formatted(section.path()));
    } else if (user.isPresent() && password.isEmpty()) {
      section.problemAt("password", "'%s.password' is missing".formatted(section.path()));
    } else if (tokenUrl.isPresent() && (clientId.isBlank() || clientSecret.isEmpty())) {
      section.problemAt(
          "clientId",
          "'%s' needs clientId and clientSecret with the tokenUrl".formatted(section.path()));
    }
    if (tokenUrl.isPresent()) {
      return new SignIn.Application(
          uri(section, tokenUrl.get()), clientId, clientSecret.orElse(new Secret("")), scope);
    }
    return new SignIn.User(user.orElse(""), password.orElse(new Secret("")));
  }

  private static URI uri(Section section, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && !text.contains("?")) {
        return uri;
      }
    } catch (IllegalArgumentException wrong) {
      // Told below, as what leads nowhere.
    }
    section.problemAt(
        "tokenUrl", "'%s.tokenUrl' must be an address without query".formatted(section.path()));
    return TenantReader.NOWHERE;
  }

  private static Map<String, IdentitySource> sources(Section section, Secrets secrets) {
    Map<String, IdentitySource> sources = new LinkedHashMap<>();
    section
        .sections()
        .forEach((host, entry) -> {
          IdentitySource source =
              new IdentitySource(
                  TenantReader.tenant(entry, secrets),
                  entry.required("identitySource"),
                  entry.number("batchSize", 50, 1, 50),
                  entry.number("pageSize", 200, 1, 200),
                  entry.number("safeguardPercent", 20, 1, 100));
          if (!source.id().isBlank() && !source.id().matches("[0-9A-Za-z]{10,40}")) {
            entry.problemAt(
                "identitySource",
                "'%s.identitySource' must be the id of the app, such as 0oaxc95befZNgrJl71d7"
                    .formatted(entry.path()));
          }
          entry.done();
          sources.put(host.toLowerCase(Locale.ROOT), source);
        });
    return sources;
  }
}
