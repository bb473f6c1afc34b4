package dev.rollcall.connector.okta;

import static dev.rollcall.connector.okta.ScriptedOkta.error;
import static dev.rollcall.connector.okta.ScriptedOkta.says;
import static dev.rollcall.connector.okta.Users.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.ConnectorException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing in as a service app: what is signed, how long it lasts, and what is never shown. */
class OktaSignInTest {

  private static final String TOKEN = "/oauth2/v1/token";
  private static final KeyPair RSA = pair("RSA", 2048);
  private static final KeyPair ELLIPTIC = elliptic("secp256r1");

  private final Tenant tenant = new Tenant();
  private final ScriptedOkta okta = tenant.okta;

  @AfterEach
  void close() throws IOException {
    tenant.close();
  }

  private static OktaAuth.ServiceApp app(String key, boolean dpop) {
    return new OktaAuth.ServiceApp(
        "0oaClient", key, "key-1", Set.of("okta.users.manage", "okta.groups.manage"), dpop);
  }

  private static ScriptedOkta.Answer token(String type, String token) {
    return says(
        200,
        "{\"token_type\":\"%s\",\"expires_in\":3600,\"access_token\":\"%s\",\"scope\":\"okta.users.manage\"}"
            .formatted(type, token));
  }

  private void annIsThere() {
    okta.on("GET /api/v1/users/" + ANN, says(200, Users.ann("ACTIVE")));
  }

  private List<ScriptedOkta.Sent> tokenRequests() {
    return okta.sent().stream().filter(sent -> sent.path().equals(TOKEN)).toList();
  }

  private List<ScriptedOkta.Sent> reads() {
    return okta.sent().stream().filter(sent -> sent.method().equals("GET")).toList();
  }

  @Test
  void aTokenIsAskedForWithWhatTheAppSigned() {
    annIsThere();
    okta.on("POST " + TOKEN, token("Bearer", "at-1"));
    tenant.client(app(pem(RSA), false)).byId(ANN);

    ScriptedOkta.Sent asked = okta.sent().getFirst();
    assertThat(asked.headers().get("content-type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(asked.headers()).doesNotContainKeys("authorization", "dpop");
    Map<String, String> form = form(asked.body());
    assertThat(form)
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("scope", "okta.groups.manage okta.users.manage")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .hasSize(4);
    Jws assertion = Jws.of(form.get("client_assertion"));
    assertThat(assertion.signedBy(RSA.getPublic())).isTrue();
    assertThat(assertion.header().path("alg").asString()).isEqualTo("RS256");
    assertThat(assertion.header().path("kid").asString()).isEqualTo("key-1");
    JsonNode claims = assertion.claims();
    assertThat(claims.path("iss").asString()).isEqualTo("0oaClient");
    assertThat(claims.path("sub").asString()).isEqualTo("0oaClient");
    assertThat(claims.path("aud").asString()).isEqualTo(okta.url() + TOKEN);
    assertThat(claims.path("exp").asLong() - tenant.clock.instant().getEpochSecond())
        .isBetween(60L, 3600L);
    assertThat(claims.path("jti").asString()).isNotBlank();
    assertThat(okta.last().headers().get("authorization")).isEqualTo("Bearer at-1");
  }

  @Test
  void anEllipticKeyAndAJwkSignAsWell() throws GeneralSecurityException {
    annIsThere();
    okta.on("POST " + TOKEN, token("Bearer", "at-1"));
    for (String key : List.of(pem(ELLIPTIC), jwk(ELLIPTIC))) {
      okta.forget();
      tenant.client(app(key, false)).byId(ANN);
      Jws assertion = Jws.of(form(okta.sent().getFirst().body()).get("client_assertion"));
      assertThat(assertion.header().path("alg").asString()).isEqualTo("ES256");
      assertThat(assertion.signedBy(ELLIPTIC.getPublic())).isTrue();
    }
    okta.forget();
    OktaAuth.ServiceApp app =
        new OktaAuth.ServiceApp("0oaClient", jwk(RSA), null, Set.of("okta.users.manage"), false);
    tenant.client(app).byId(ANN);
    Jws assertion = Jws.of(form(okta.sent().getFirst().body()).get("client_assertion"));
    assertThat(assertion.signedBy(RSA.getPublic())).isTrue();
    assertThat(assertion.header().path("kid").asString()).isEqualTo("kid-of-the-jwk");
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItRunsOut() {
    annIsThere();
    okta.on("POST " + TOKEN, token("Bearer", "at-1"), token("Bearer", "at-2"));
    OktaClient client = tenant.client(app(pem(RSA), false));
    client.byId(ANN);
    tenant.clock.advance(Duration.ofMinutes(57));
    client.byId(ANN);
    assertThat(tokenRequests()).hasSize(1);
    tenant.clock.advance(Duration.ofMinutes(2));
    client.byId(ANN);
    assertThat(tokenRequests()).hasSize(2);
    assertThat(reads())
        .extracting(sent -> sent.headers().get("authorization"))
        .containsExactly("Bearer at-1", "Bearer at-1", "Bearer at-2");
  }

  @Test
  void aTokenThatIsRefusedIsRenewedOnce() {
    okta.on(
        "GET /api/v1/users/" + ANN,
        error(401, "E0000011", "Invalid token provided"),
        says(200, Users.ann("ACTIVE")),
        error(401, "E0000011", "Invalid token provided"));
    okta.on(
        "POST " + TOKEN, token("Bearer", "at-1"), token("Bearer", "at-2"), token("Bearer", "at-3"));
    OktaClient client = tenant.client(app(pem(RSA), false));
    assertThat(client.byId(ANN)).isPresent();
    assertThat(tokenRequests()).hasSize(2);

    ConnectorException failure =
        Objects.requireNonNull(
            catchThrowableOfType(ConnectorException.class, () -> client.byId(ANN)));
    assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
    assertThat(tokenRequests()).hasSize(3);
    assertThat(reads()).hasSize(4);
    assertThat(tenant.notes.calls).hasSize(7);
  }

  @Test
  void anApiTokenThatIsRefusedIsNotSentAgain() {
    okta.on("GET /api/v1/users/" + ANN, error(401, "E0000011", "Invalid token provided"));
    assertThatThrownBy(() -> tenant.client().byId(ANN)).isInstanceOf(ConnectorException.class);
    assertThat(okta.sent()).hasSize(1);
  }

  @Test
  void aTokenCallIsACallOfABucketOfItsOwn() {
    annIsThere();
    okta.on("POST " + TOKEN, token("Bearer", "at-1"));
    tenant.client(app(pem(RSA), false)).byId(ANN);
    assertThat(tenant.notes.asked).containsExactly(TOKEN, "/api/v1/users/{id:.+}");
    assertThat(tenant.notes.calls)
        .extracting(Call::bucket)
        .containsExactlyElementsOf(tenant.notes.asked);
  }

  @Test
  void manyThatNeedATokenAskForOne() throws Exception {
    annIsThere();
    okta.on("POST " + TOKEN, token("Bearer", "at-1"));
    OktaClient client = tenant.client(app(pem(RSA), false));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> reading = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        reading.add(threads.submit(() -> client.byId(ANN)));
      }
      for (Future<?> one : reading) {
        one.get();
      }
    }
    assertThat(tokenRequests()).hasSize(1);
    assertThat(reads()).hasSize(20);
  }

  @Test
  void everyProofIsForOneRequestAndBoundToTheToken() throws GeneralSecurityException {
    annIsThere();
    okta.on("GET /api/v1/users", says(200, "[]"));
    okta.on(
        "POST " + TOKEN,
        says(
            400,
            "{\"error\":\"use_dpop_nonce\",\"error_description\":\"Authorization server requires nonce in DPoP proof.\"}",
            "DPoP-Nonce",
            "nonce-1"),
        token("DPoP", "at-1"),
        token("DPoP", "at-2"));
    OktaClient client = tenant.client(app(pem(RSA), true));
    client.byId(ANN);
    client.leastRead();
    tenant.clock.advance(Duration.ofHours(1));
    client.byId(ANN);

    List<Jws> proofs =
        okta.sent().stream().map(sent -> Jws.of(sent.headers().get("dpop"))).toList();
    assertThat(okta.lines())
        .containsExactly(
            "POST " + TOKEN,
            "POST " + TOKEN,
            "GET /api/v1/users/" + ANN,
            "GET /api/v1/users?limit=1",
            "POST " + TOKEN,
            "GET /api/v1/users/" + ANN);
    for (int i = 0; i < proofs.size(); i++) {
      ScriptedOkta.Sent sent = okta.sent().get(i);
      Jws proof = proofs.get(i);
      assertThat(proof.header().path("typ").asString()).isEqualTo("dpop+jwt");
      assertThat(proof.header().path("alg").asString()).isEqualTo("ES256");
      assertThat(proof.header().path("jwk").has("d")).isFalse();
      assertThat(proof.signedBy(shown(proof.header().path("jwk")))).isTrue();
      assertThat(proof.claims().path("htm").asString()).isEqualTo(sent.method());
      assertThat(proof.claims().path("htu").asString()).isEqualTo(okta.url() + sent.path());
      assertThat(proof.claims().path("iat").asLong())
          .isLessThanOrEqualTo(tenant.clock.instant().getEpochSecond());
    }
    assertThat(proofs)
        .extracting(proof -> proof.claims().path("jti").asString())
        .doesNotHaveDuplicates();
    assertThat(proofs)
        .extracting(proof -> proof.claims().path("nonce").asString(""))
        .containsExactly("", "nonce-1", "", "", "nonce-1", "");
    assertThat(proofs)
        .extracting(proof -> proof.claims().path("ath").asString(""))
        .containsExactly("", "", hash("at-1"), hash("at-1"), "", hash("at-2"));
    assertThat(reads())
        .extracting(sent -> sent.headers().get("authorization"))
        .containsExactly("DPoP at-1", "DPoP at-1", "DPoP at-2");
  }

  @Test
  void anAppThatRequiresDpopSaysWhichSettingToChange() {
    okta.on(
        "POST " + TOKEN,
        says(
            400,
            "{\"error\":\"invalid_dpop_proof\",\"error_description\":\"The DPoP proof JWT header is missing.\"}"));
    assertThatThrownBy(() -> tenant.client(app(pem(RSA), false)).byId(ANN))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("set dpop to true");
    okta.on("POST " + TOKEN, token("Bearer", "at-1"));
    assertThatThrownBy(() -> tenant.client(app(pem(RSA), true)).byId(ANN))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("set dpop to false");
  }

  @Test
  void aNonceThatIsAskedForAgainAndAgainIsNotGivenForEver() {
    okta.on("POST " + TOKEN, says(400, "{\"error\":\"use_dpop_nonce\"}", "DPoP-Nonce", "nonce-1"));
    assertThatThrownBy(() -> tenant.client(app(pem(RSA), true)).byId(ANN))
        .isInstanceOf(ConnectorException.class);
    assertThat(okta.sent()).hasSize(2);
  }

  @Test
  void whyThereIsNoTokenIsSaid() {
    for (Map.Entry<ScriptedOkta.Answer, ErrorKind> one :
        Map.of(
                says(
                    401,
                    "{\"error\":\"invalid_client\",\"error_description\":\"The client is gone.\"}"),
                ErrorKind.REFUSED_CREDENTIALS,
                says(400, "{\"error\":\"invalid_scope\"}"),
                ErrorKind.REFUSED_CREDENTIALS,
                error(429, "E0000047", "API call exceeded rate limit"),
                ErrorKind.RATE_LIMITED,
                says(503, "later"),
                ErrorKind.UNAVAILABLE,
                says(200, "{}"),
                ErrorKind.UNREADABLE,
                new ScriptedOkta.Answer.None(),
                ErrorKind.UNAVAILABLE)
            .entrySet()) {
      okta.on("POST " + TOKEN, one.getKey());
      ConnectorException failure =
          Objects.requireNonNull(
              catchThrowableOfType(
                  ConnectorException.class, () -> tenant.client(app(pem(RSA), false)).byId(ANN)));
      assertThat(failure.kind()).as(String.valueOf(one.getKey())).isEqualTo(one.getValue());
    }
  }

  @Test
  void neitherKeyNorTokenNorAssertionIsShown() {
    okta.on("POST " + TOKEN, token("Bearer", "at-secret-1"));
    okta.on("GET /api/v1/users/" + ANN, says(500, "you sent Bearer at-secret-1"));
    OktaAuth.ServiceApp app = app(pem(RSA), false);
    assertThatThrownBy(() -> tenant.client(app).byId(ANN))
        .isInstanceOf(ConnectorException.class)
        .hasMessageNotContaining("at-secret-1");
    assertThat(tenant.notes.calls.toString()).doesNotContain("at-secret-1", "eyJ");
    assertThat(app.toString()).contains("0oaClient").doesNotContain("BEGIN");
    assertThat(tenant.settings(app).toString()).doesNotContain("BEGIN");
  }

  @Test
  void aKeyThatCannotBeUsedIsRefusedWithTheSettingsAndNotShown() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("secret-nonsense", "neither a JWK nor a PEM");
    wrong.put(
        "-----BEGIN RSA PRIVATE KEY-----\nsecret\n-----END RSA PRIVATE KEY-----", "openssl pkcs8");
    wrong.put(
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
        "neither an RSA nor an elliptic");
    wrong.put("{\"secret", "no JSON");
    wrong.put("{\"kty\":\"oct\",\"k\":\"secret\"}", "another kind");
    wrong.put("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"secret\"}", "only the private form");
    wrong.put("{\"kty\":\"EC\",\"crv\":\"P-384\",\"d\":\"secret\"}", "another curve");
    wrong.put(pem(elliptic("secp384r1")), "another curve");
    wrong.put(pem(pair("RSA", 1024)), "1024 bits");
    wrong.forEach((key, why) ->
        assertThatThrownBy(() -> app(key, false))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(why)
            .hasMessageNotContaining("secret"));
  }

  // --- an independent reading of JWS

  private record Jws(JsonNode header, JsonNode claims, String signed, String signature) {
    static Jws of(@Nullable String text) {
      String[] parts = Objects.requireNonNull(text).split("\\.", -1);
      assertThat(parts).hasSize(3);
      return new Jws(
          JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[0])),
          JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1])),
          parts[0] + "." + parts[1],
          parts[2]);
    }

    boolean signedBy(PublicKey key) {
      try {
        Signature check =
            Signature.getInstance(
                header.path("alg").asString().equals("ES256")
                    ? "SHA256withECDSAinP1363Format"
                    : "SHA256withRSA");
        check.initVerify(key);
        check.update(signed.getBytes(StandardCharsets.US_ASCII));
        return check.verify(Base64.getUrlDecoder().decode(signature));
      } catch (GeneralSecurityException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  private static PublicKey shown(JsonNode jwk) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    byte[] x = Base64.getUrlDecoder().decode(jwk.path("x").asString());
    byte[] y = Base64.getUrlDecoder().decode(jwk.path("y").asString());
    assertThat(x).hasSize(32);
    assertThat(y).hasSize(32);
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(new BigInteger(1, x), new BigInteger(1, y)),
                parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static String hash(String token) throws GeneralSecurityException {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      form.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return form;
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(
            Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded()));
  }

  private static String jwk(KeyPair pair) {
    PrivateKey key = pair.getPrivate();
    Map<String, String> jwk = new HashMap<>();
    jwk.put("kid", "kid-of-the-jwk");
    if (key instanceof RSAPrivateCrtKey rsa) {
      jwk.put("kty", "RSA");
      jwk.put("n", number(rsa.getModulus()));
      jwk.put("e", number(rsa.getPublicExponent()));
      jwk.put("d", number(rsa.getPrivateExponent()));
      jwk.put("p", number(rsa.getPrimeP()));
      jwk.put("q", number(rsa.getPrimeQ()));
      jwk.put("dp", number(rsa.getPrimeExponentP()));
      jwk.put("dq", number(rsa.getPrimeExponentQ()));
      jwk.put("qi", number(rsa.getCrtCoefficient()));
    } else {
      jwk.put("kty", "EC");
      jwk.put("crv", "P-256");
      jwk.put("d", number(((ECPrivateKey) key).getS()));
    }
    return JsonMapper.shared().writeValueAsString(jwk);
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static KeyPair elliptic(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
