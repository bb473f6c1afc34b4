package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.rollcall.app.log.LogLayout;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SyncEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** How Rollcall proves to the tenant who it is, over a whole run. */
final class HrSignInTest {

  private static final String TOKEN_ADDRESS = "/oauth2/v1/token";

  private final HrPath path;
  private final Path directory;
  private final KeyPair key = key();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Logger root =
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = root.getLoggerContext().getLogger("dev.rollcall");
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

  HrSignInTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    path = new HrPath(directory);
    path.person("U1", "E1", "Ann", "Lee", "STAFF");
    path.person("U2", "E2", "Ben", "Ray", "STAFF");
    listen();
  }

  /** Everything that is logged, in every detail, as the log of a service has it. */
  private void listen() {
    LogLayout layout = new LogLayout();
    layout.setContext(root.getLoggerContext());
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(root.getLoggerContext());
    encoder.setLayout(layout);
    encoder.start();
    appender.setContext(root.getLoggerContext());
    appender.setEncoder(encoder);
    appender.setOutputStream(log);
    appender.start();
    root.addAppender(appender);
    ours.setLevel(Level.DEBUG);
  }

  @AfterEach
  void close() {
    root.detachAppender(appender);
    ours.setLevel(null);
    path.close();
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private String pem() {
    return Base64.getEncoder().encodeToString(key.getPrivate().getEncoded());
  }

  /** A service app with this key in the tenant, and the settings for it. */
  private String app(boolean dpop) throws IOException {
    RSAPublicKey known = (RSAPublicKey) key.getPublic();
    path.okta(
        "clients",
        "{'clientId':'0oaRollcall1','keys':[{'kty':'RSA','kid':'k1','n':'%s','e':'%s'}],'scopes':['okta.users.manage','okta.groups.manage'],'dpop':%s,'role':true}"
            .formatted(number(known.getModulus()), number(known.getPublicExponent()), dpop));
    Path file = directory.resolve("okta.pem");
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + pem() + "\n-----END PRIVATE KEY-----\n");
    return "tenants: {%s: {url: \"%s\", clientId: 0oaRollcall1, keyId: k1, privateKey: \"file:%s\", dpop: %s}}"
        .formatted(path.name, path.okta.address(), file, dpop ? "yes" : "no");
  }

  private List<JsonNode> tokenCalls() {
    return path.requests(0).stream()
        .filter(one -> one.path("target").asString().equals(TOKEN_ADDRESS))
        .toList();
  }

  private void done(Parts parts, String batch, String line) {
    path.request(batch, line);
    path.run(parts);
    assertThat(path.status(batch, 1)).as(path.text(batch, 1)).isEqualTo("COMP");
  }

  private void nothingSecretWasSaid(Parts parts, String... more) {
    String audit =
        parts
            .database()
            .jdbc()
            .sql("select coalesce(string_agg(to_jsonb(a)::text, ' '), '') from audit a")
            .query(String.class)
            .single();
    String said = log.toString(StandardCharsets.UTF_8) + audit + path.events(parts, "U1");
    assertThat(said).isNotBlank().doesNotContain(HrPath.TOKEN, pem().substring(40, 120));
    for (String secret : more) {
      assertThat(said).doesNotContain(secret);
    }
  }

  @Test
  void anApiTokenIsEnough() {
    Parts parts = path.start();

    done(parts, "B1", "U1:CR8A");

    assertThat(tokenCalls()).isEmpty();
    nothingSecretWasSaid(parts, "SSWS");
  }

  @Test
  void aServiceAppRenewsItsTokenWhenItRunsOutInTheMiddleAndNoLineNotices() throws IOException {
    Parts parts = path.start(path.settings(app(false)));
    done(parts, "B1", "U1:CR8A");
    assertThat(tokenCalls()).hasSize(1);

    // Ended over there, before its time: the next call is refused, and repeated with a new one.
    path.okta("access", "{'expireTokens':true}");
    done(parts, "B2", "U2:CR8A");
    assertThat(tokenCalls()).hasSize(2);

    // Its time is over: a new one is asked for before the call.
    path.okta("clock", "{'advanceSeconds':3700}");
    path.advance(Duration.ofSeconds(3700));
    done(parts, "B3", "U1:GRPA");
    assertThat(tokenCalls()).hasSize(3);
    assertThat(tokenCalls()).allMatch(one -> one.path("answer").path("status").asInt() == 200);
    assertThat(path.events(parts, "U2"))
        .as("nothing had to be tried again")
        .singleElement()
        .satisfies(event -> assertThat(event.attempt()).isEqualTo(1));
    nothingSecretWasSaid(parts, "eyJ");
  }

  @Test
  void callsAreBoundToAKeyAndANonceThatIsAskedForIsGiven() throws IOException {
    Parts parts = path.start(path.settings(app(true)));

    done(parts, "B1", "U1:CR8A");

    assertThat(tokenCalls())
        .extracting(one -> one.path("answer").path("status").asInt())
        .as("asked for a nonce, then given a token")
        .containsExactly(400, 200);
    List<JsonNode> calls =
        path.requests(0).stream()
            .filter(one -> one.path("target").asString().startsWith("/api/v1/"))
            .toList();
    assertThat(calls)
        .isNotEmpty()
        .allMatch(one -> one.path("caller").asString().contains("0oaRollcall1"));
    path.okta("access", "{'expireTokens':true,'rotateNonce':true}");
    done(parts, "B2", "U2:CR8A");
    assertThat(tokenCalls())
        .extracting(one -> one.path("answer").path("status").asInt())
        .containsExactly(400, 200, 400, 200);
    nothingSecretWasSaid(parts, "eyJ");
  }

  @Test
  void aRefusedTokenEndsNoLineAndIsSaidUntilItIsMended() {
    Parts parts = path.start();
    path.okta("tokens", "{'token':'" + HrPath.TOKEN + "','name':'default','active':false}");
    path.request("B1", "U1:CR8A", "U2:CR8A");

    path.poll(parts);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> parts.lookup().lastError(HrPath.INSTANCE).isPresent());
    assertThat(parts.lookup().lastError(HrPath.INSTANCE).orElseThrow())
        .contains("401 E0000011", "look at the token or key of this tenant");
    for (String oprid : List.of("U1", "U2")) {
      assertThat(path.events(parts, oprid).getFirst().status())
          .isIn(EventStatus.NEW, EventStatus.QUEUED);
    }
    assertThat(path.status("B1", 1)).isEqualTo("INPR");
    assertThat(path.status("B1", 2)).isEqualTo("INPR");
    int asked = path.requests(0).size();
    assertThat(asked).as("it is not tried again and again").isLessThan(10);

    path.okta("tokens", "{'token':'" + HrPath.TOKEN + "','name':'default','active':true}");
    path.advance(Duration.ofMinutes(16));
    path.settle(parts);

    assertThat(path.status("B1", 1)).isEqualTo("COMP");
    assertThat(path.status("B1", 2)).isEqualTo("COMP");
    assertThat(parts.lookup().lastError(HrPath.INSTANCE)).isEmpty();
    assertThat(path.events(parts, "U1"))
        .extracting(SyncEvent::attempt)
        .as("nobody's attempts were used")
        .containsExactly(1);
    nothingSecretWasSaid(parts);
  }

  @Test
  void aKeyThatTheTenantDoesNotKnowStopsTheWorkAndNamesTheWayOut() throws IOException {
    String tenant = app(false).replace("0oaRollcall1", "0oaNobody111");
    Parts parts = path.start(path.settings(tenant));
    path.request("B1", "U1:CR8A");

    path.poll(parts);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> parts.lookup().lastError(HrPath.INSTANCE).isPresent());
    assertThat(parts.lookup().lastError(HrPath.INSTANCE).orElseThrow()).contains("invalid_client");
    assertThat(path.status("B1", 1)).isEqualTo("INPR");
    nothingSecretWasSaid(parts, "eyJ");
  }
}
