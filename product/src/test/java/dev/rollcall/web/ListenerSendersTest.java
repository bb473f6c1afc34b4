package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may send to an instance that asks for more than the IT resource; also behind a proxy. */
class ListenerSendersTest {

  private static final String LOCKED = "PSFT Locked";
  private static final String FENCED = "PSFT Fenced";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service =
        RunningService.start(
            "  trustedProxies: [127.0.0.1, 10.0.0.0/8]",
            """
              locked:
                source: locked
                itResource: PSFT Locked
                listener: {user: psft, password: 'pass:wörd'}
              fenced:
                source: fenced
                itResource: PSFT Fenced
                listener: {user: psft, password: x, allow: [192.0.2.0/24]}
            """);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static RawHttp.Answer send(String resource, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Location";
    all[1] = resource;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return service.send(CampusXml.person("L01", "Zoë"), all);
  }

  @Test
  void theRightCredentialsLetAMessageAndAPingIn() {
    assertThat(send(LOCKED, "Authorization", basic("psft:pass:wörd")).type()).isEqualTo("success");
    assertThat(
            send(LOCKED, "Authorization", basic("psft:pass:wörd"), "OperationType", "ping")
                .reason())
        .isEqualTo("Rollcall is listening");
    assertThat(service.messages("L01")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic cHNmdA==",
        "Bearer x",
        "Bearer a-token-nobody-guesses"
      })
  void otherCredentialsAre401WithTheReason(String authorization) {
    RawHttp.Answer answer = send(LOCKED, "Authorization", authorization);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.head()).contains("WWW-Authenticate: Basic realm=\"Rollcall\"");
    assertThat(answer.reason())
        .isEqualTo("This IT resource needs the user and password that were set for it");
  }

  @Test
  void wrongOnesAreRefusedForAPingToo() {
    for (String wrong : new String[] {"psft:pass", "psft:", "PSFT:pass:wörd", ":"}) {
      assertThat(send(LOCKED, "Authorization", basic(wrong)).status()).isEqualTo(401);
    }
    assertThat(send(LOCKED, "OperationType", "ping").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.7                       | 200
          198.51.100.1, 192.0.2.7         | 200
          192.0.2.7, 10.1.1.1             | 200
          192.0.2.7:50123                 | 200
          198.51.100.1                    | 403
          192.0.2.7, 198.51.100.1         | 403
          192.0.2.7, unknown              | 403
          ''                              | 403
          """)
  void whereAMessageComesFromIsWhatTheTrustedProxiesSay(String forwarded, int status) {
    RawHttp.Answer answer =
        send(FENCED, "Authorization", basic("psft:x"), "X-Forwarded-For", forwarded);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    if (status == 403) {
      assertThat(answer.reason()).startsWith("Messages for this IT resource are not taken from ");
    }
  }

  @Test
  void fromElsewhereNobodyLearnsWhetherAPasswordIsRight() {
    assertThat(send(FENCED, "Authorization", basic("psft:wrong")).status()).isEqualTo(403);
    assertThat(send(FENCED, "Authorization", basic("psft:x")).status()).isEqualTo(403);
  }

  @Test
  void ofAProxyThatIsNotTrustedNothingIsBelieved() {
    try (RunningService other =
        RunningService.start(
            "",
            "  fenced: {source: f, itResource: PSFT Fenced, listener: {allow: [192.0.2.0/24]}}")) {
      RawHttp.Answer answer =
          other.send(
              CampusXml.person("L02", "Zoë"), "Location", FENCED, "X-Forwarded-For", "192.0.2.7");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.reason()).contains("127.0.0.1");
    }
  }

  @Test
  void behindAProxyThatDoesTlsTheCookieIsForTlsAlone() {
    RawHttp.Answer page =
        service
            .http()
            .exchange(RawHttp.request("GET", "/sign-in").header("X-Forwarded-Proto", "https"));
    assertThat(page.head())
        .contains("Set-Cookie: __Host-rollcall-visit=", "; Secure;")
        .contains("Strict-Transport-Security: max-age=");
  }
}
