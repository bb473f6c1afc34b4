package dev.rollcall.connector.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.HttpSender;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.testing.OktaDescription;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.Shared;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A scripted server, and the connector before it. */
final class Tenant implements AutoCloseable {

  static final String TOKEN = "00SecretTokenOfThisTenant";
  static final String COHORT = "Student Cohort";
  static final String STAFF = "Staff General";

  final ScriptedOkta okta = new ScriptedOkta();
  final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  final Notes notes = new Notes();
  final HttpSender sender;
  private OktaTarget target;

  Tenant() {
    this(Duration.ofSeconds(20));
  }

  Tenant(Duration patience) {
    sender = new HttpSender(patience);
    target = new OktaTarget(settings(), sender, clock);
  }

  OktaSettings settings() {
    return settings(new OktaAuth.ApiToken(TOKEN));
  }

  OktaSettings settings(OktaAuth auth) {
    return OktaSettings.of(okta.url(), auth, "employeeNumber", Set.of(COHORT, STAFF));
  }

  /** Takes the place of the target with these settings. */
  void with(OktaSettings settings) {
    target = new OktaTarget(settings, sender, clock);
  }

  /** The accounts on a new errand, that is noted with the others. */
  AccountTarget accounts() {
    return target.during(notes);
  }

  OktaClient client() {
    return client(new OktaAuth.ApiToken(TOKEN));
  }

  OktaClient client(OktaAuth auth) {
    return new OktaClient(new OktaConnection(settings(auth), sender, clock), notes);
  }

  /** Says the groups there are. */
  void groups(String... groups) {
    okta.on("GET /api/v1/groups", ScriptedOkta.says(200, Users.list(groups)));
  }

  /** Lets go of the server, after its requests were held against Okta's description. */
  @Override
  public void close() throws IOException {
    List<ScriptedOkta.Sent> sent =
        okta.sent().stream().filter(one -> one.path().startsWith("/api/")).toList();
    okta.close();
    sender.close();
    Shared.file(OktaDescription.FILE)
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
