package dev.rollcall.connector.okta.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.okta.Notes;
import dev.rollcall.connector.okta.OktaAuth;
import dev.rollcall.connector.okta.OktaSettings;
import dev.rollcall.connector.okta.ScriptedOkta;
import dev.rollcall.db.Database;
import dev.rollcall.http.HttpSender;
import dev.rollcall.testing.OktaDescription;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.Shared;
import dev.rollcall.testing.SharedDatabase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A scripted server, and an identity source before it. */
final class Desk implements AutoCloseable {

  static final String ID = "0oaxc95befZNgrJl71d7";
  static final String PATH = "/api/v1/identity-sources/" + ID + "/sessions";
  static final String SESSION = "apsyofrdjpnHboweG1d7";
  static final List<String> ATTRIBUTES =
      List.of("userName", "email", "firstName", "lastName", "secondEmail", "middleName");

  final ScriptedOkta okta = new ScriptedOkta();
  final SettableClock clock = new SettableClock(Instant.parse("2026-05-13T06:00:00Z"));
  final Notes notes = new Notes();
  final HttpSender sender = new HttpSender(Duration.ofSeconds(20));
  final Database database = SharedDatabase.emptied();
  final IdentitySourceSettings settings = settings(okta.url());
  final IdentitySource source = new IdentitySource(settings, sender, database.jdbc(), clock);

  static IdentitySourceSettings settings(URI tenant) {
    return IdentitySourceSettings.of(
        OktaSettings.forSessions(
            tenant, new OktaAuth.ApiToken("00SecretToken"), true, Duration.ofSeconds(20)),
        ID,
        ATTRIBUTES);
  }

  /** A session as Okta writes it. */
  static String session(String id, String status) {
    return "{\"id\":\"%s\",\"identitySourceId\":\"%s\",\"status\":\"%s\",\"importType\":\"INCREMENTAL\",\"created\":\"2026-05-13T05:52:24.000Z\",\"lastUpdated\":\"2026-05-13T05:52:29.000Z\"}"
        .formatted(id, ID, status);
  }

  /** Lets go of the server, after its requests were held against Okta's description. */
  @Override
  public void close() throws IOException {
    List<ScriptedOkta.Sent> sent =
        okta.sent().stream()
            // Okta's description as it lies there has no schemas of apps.
            .filter(one -> !one.path().contains("/meta/schemas/apps/"))
            .toList();
    okta.close();
    sender.close();
    Shared.file("specs/okta-provisioning-subset.json")
        .map(OktaDescription::new)
        .ifPresent(description ->
            assertThat(
                    sent.stream()
                        .flatMap(one -> description.violations(one.asked()).stream())
                        .toList())
                .as("requests that Okta does not describe")
                .isEmpty());
  }
}
