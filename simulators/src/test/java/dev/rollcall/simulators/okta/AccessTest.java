package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.state.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class AccessTest {
  private static final long START = Instant.parse(Calling.START).getEpochSecond();
  private static final TestKey RSA = TestKey.rsa("k1");
  private static final TestKey EC = TestKey.ec("k2");
  private static final TestKey PROOF = TestKey.ec("proof");

  private final Calling calling;
  private long now = START;

  AccessTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  // ---- API tokens

  @ParameterizedTest
  @ValueSource(strings = {"", "SSWS wrong", "SSWS", "Basic abc", "SSWS retired"})
  void whoBringsNoGoodTokenIsRefused(String authorization) {
    calling.control.post("tokens", "{'token':'retired','active':false}");
    HttpRequest.Builder request = calling.request("GET", "/users", "");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }

    Answer answer = calling.send(request.build());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("E0000011");
    assertThat(answer.header("x-rate-limit-limit")).isEqualTo(300);
  }

  @Test
  void aTokenEndsWithItsOwner() {
    String owner = calling.standing("admin", "ACTIVE");
    calling.control.post("tokens", "{'token':'own','name':'own','owner':'admin@x.edu'}");

    assertThat(with("SSWS own").status()).isEqualTo(200);
    calling.post("/users/" + owner + "/lifecycle/deactivate", "");
    assertThat(with("SSWS own").code()).isEqualTo("E0000011");
  }

  @Test
  void aTokenThatNobodyUsesEnds() {
    calling.settings("{'tokenIdleDays':30}");
    calling.control.post("tokens", "{'token':'rare','name':'rare'}");
    assertThat(with("SSWS rare").status()).isEqualTo(200);
    calling.advance(29 * 86400);
    assertThat(with("SSWS rare").status()).isEqualTo(200);
    calling.advance(31 * 86400);
    assertThat(with("SSWS rare").status()).isEqualTo(401);
  }

  // ---- service applications

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256"})
  void anAssertionBuysAnAccessTokenForAnHour(String algorithm) {
    client("{'dpop':false}");
    Answer answer = token(assertion(algorithm.equals("RS256") ? RSA : EC, claims -> {}));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3600);
    assertThat(answer.json().path("scope").asString()).isEqualTo("okta.users.read");
    assertThat(answer.header("x-rate-limit-limit")).isEqualTo(150);
    String bearer = "Bearer " + answer.json().path("access_token").asString();
    assertThat(with(bearer).status()).isEqualTo(200);
    assertThat(calling.control.get("requests").path(1).path("caller").asString()).isEqualTo("0oa1");
    calling.advance(3600);
    Answer late = with(bearer);
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.text()).isEmpty();
    assertThat(challenge(late)).contains("error=\"invalid_token\"", "realm=\"http://");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exp  | past     | 401 | invalid_client",
        "exp  | far      | 401 | invalid_client",
        "aud  | other    | 401 | invalid_client",
        "iss  | other    | 401 | invalid_client",
        "sub  | other    | 401 | invalid_client",
        "kid  | other    | 401 | invalid_client",
        "sig  | other    | 401 | invalid_client",
        "jti  | again    | 401 | invalid_client",
        "scope | other   | 400 | invalid_scope",
        "scope | none    | 400 | invalid_scope",
        "grant | other   | 400 | unsupported_grant_type",
      })
  void anAssertionHasToBeRight(String what, String how, int status, String error) {
    client("{'dpop':false}");
    TestKey key =
        switch (what) {
          case "kid" -> new TestKey("RS256", "unknown", RSA.pair());
          case "sig" -> new TestKey("RS256", "k1", TestKey.rsa("k1").pair());
          default -> RSA;
        };
    String assertion =
        assertion(
            key,
            claims -> {
              switch (what + " " + how) {
                case "exp past" -> claims.put("exp", now - 1);
                case "exp far" -> claims.put("exp", now + 7200);
                case "aud other" -> claims.put("aud", "https://elsewhere.example/oauth2/v1/token");
                case "iss other", "sub other" -> claims.put(what, "0oa2");
                default -> {}
              }
            });
    if (what.equals("jti")) {
      assertThat(token(assertion).status()).isEqualTo(200);
    }
    String scope =
        !what.equals("scope") ? "okta.users.read" : how.equals("none") ? "" : "okta.logs.read";

    Answer answer =
        calling.send(
            tokenRequest(assertion, scope, what.equals("grant") ? "password" : "client_credentials")
                .build());

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("error").asString()).isEqualTo(error);
    assertThat(answer.json().path("error_description").asString()).isNotEmpty();
  }

  @Test
  void aScopeThatIsMissingIsToldInAHeaderAndNoBody() {
    client("{'dpop':false}");
    String bearer =
        "Bearer " + token(assertion(RSA, claims -> {})).json().path("access_token").asString();

    Answer answer =
        calling.send(
            calling
                .request("POST", "/users", Calling.person("one"))
                .header("Authorization", bearer)
                .build());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).isEmpty();
    assertThat(challenge(answer))
        .contains(
            "scope=\"okta.users.manage\"",
            "error=\"insufficient_scope\"",
            "resource=\"/api/v1/users\"");
  }

  @Test
  void withoutARoleAScopeIsWorthNothing() {
    client("{'dpop':false,'role':false}");
    String bearer =
        "Bearer " + token(assertion(RSA, claims -> {})).json().path("access_token").asString();

    assertThat(with(bearer).code()).isEqualTo("E0000006");
  }

  @Test
  void accessCanEndBeforeItsTime() {
    client("{'dpop':false}");
    String bearer =
        "Bearer " + token(assertion(RSA, claims -> {})).json().path("access_token").asString();

    calling.control.post("access", "{'expireTokens':true}");

    assertThat(with(bearer).status()).isEqualTo(401);
  }

  // ---- proofs of possession

  @Test
  void aProofIsAskedForAndThenANonce() {
    client("{}");
    Answer without = token(assertion(RSA, claims -> {}));
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.json().path("error").asString()).isEqualTo("invalid_dpop_proof");
    assertThat(without.json().path("error_description").asString())
        .isEqualTo("The DPoP proof JWT header is missing.");

    Answer first = proved("");
    assertThat(first.status()).isEqualTo(400);
    assertThat(first.json().path("error").asString()).isEqualTo("use_dpop_nonce");
    String nonce = first.headers().firstValue("dpop-nonce").orElseThrow();
    Answer second = proved(nonce);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().path("token_type").asString()).isEqualTo("DPoP");
    assertThat(second.headers().firstValue("dpop-nonce")).contains(nonce);
    assertThat(proved(nonce).status()).isEqualTo(200);
  }

  @Test
  void aNonceHoldsForADay() {
    client("{}");
    String nonce = proved("").headers().firstValue("dpop-nonce").orElseThrow();
    pass(86399);
    assertThat(proved(nonce).status()).isEqualTo(200);
    pass(1);
    assertThat(proved(nonce).json().path("error").asString()).isEqualTo("use_dpop_nonce");
    String other = proved("").headers().firstValue("dpop-nonce").orElseThrow();
    calling.control.post("access", "{'rotateNonce':true}");
    assertThat(proved(other).json().path("error").asString()).isEqualTo("use_dpop_nonce");
  }

  @Test
  void aBoundTokenIsGoodWithItsProofOnly() {
    client("{}");
    String token = bound();

    assertThat(use(token, PROOF, "GET", "/users", claims -> {}).status()).isEqualTo(200);
    Answer bare = with("Bearer " + token);
    assertThat(bare.status()).isEqualTo(400);
    assertThat(challenge(bare)).contains("The resource request requires a DPoP proof.");
    assertThat(with("DPoP " + token).status()).isEqualTo(400);
    assertThat(use(token, TestKey.ec("other"), "GET", "/users", claims -> {}).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "htm, POST",
    "htu, http://elsewhere.example/api/v1/users",
    "ath, x",
    "iat, old",
    "jti, ''"
  })
  void aProofProvesOneRequest(String claim, String value) {
    client("{}");
    String token = bound();

    Answer answer =
        use(
            token,
            PROOF,
            "GET",
            "/users",
            claims -> {
              if (claim.equals("iat")) {
                claims.put("iat", now - 900);
              } else {
                claims.put(claim, value);
              }
            });

    assertThat(answer.status()).isEqualTo(400);
    assertThat(challenge(answer)).contains("invalid_dpop_proof");
  }

  @Test
  void aProofIsUsedOnce() {
    client("{}");
    String token = bound();

    assertThat(use(token, PROOF, "GET", "/users", claims -> claims.put("jti", "one")).status())
        .isEqualTo(200);
    assertThat(use(token, PROOF, "GET", "/users", claims -> claims.put("jti", "one")).status())
        .isEqualTo(400);
  }

  @Test
  void accessOutlivesTheSimulatorsEnd(@TempDir Path directory) {
    try (Calling first = Calling.in(directory)) {
      first.control.post(
          "clients",
          "{'clientId':'0oa1','dpop':false,'scopes':['okta.users.read'],'keys':["
              + RSA.jwk().toString().replace('"', '\'')
              + "]}");
    }
    try (Calling second = Calling.in(directory)) {
      assertThat(second.state("clients").path(0).path("clientId").asString()).isEqualTo("0oa1");
    }
  }

  // ---- within

  private void client(String more) {
    ObjectNode client = (ObjectNode) Json.MAPPER.readTree(more.replace('\'', '"'));
    client.put("clientId", "0oa1");
    client.putArray("scopes").add("okta.users.read").add("okta.groups.manage");
    client.putArray("keys").add(RSA.jwk()).add(EC.jwk());
    calling.control.post("clients", client.toString());
  }

  private void pass(long seconds) {
    calling.advance((double) seconds);
    now += seconds;
  }

  private String assertion(TestKey key, Consumer<ObjectNode> change) {
    ObjectNode claims = Json.MAPPER.createObjectNode();
    claims.put("iss", "0oa1").put("sub", "0oa1").put("aud", endpoint());
    claims.put("iat", now).put("exp", now + 300).put("jti", UUID.randomUUID().toString());
    change.accept(claims);
    return key.sign(Json.MAPPER.createObjectNode().put("kid", key.kid()), claims);
  }

  private String endpoint() {
    return calling.address() + "/oauth2/v1/token";
  }

  private Answer token(String assertion) {
    return calling.send(tokenRequest(assertion, "okta.users.read", "client_credentials").build());
  }

  private HttpRequest.Builder tokenRequest(String assertion, String scope, String grant) {
    String form =
        "grant_type="
            + grant
            + "&scope="
            + URLEncoder.encode(scope, StandardCharsets.UTF_8)
            + "&client_assertion_type="
            + URLEncoder.encode(
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", StandardCharsets.UTF_8)
            + "&client_assertion="
            + assertion;
    return HttpRequest.newBuilder(URI.create(endpoint()))
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  private Answer proved(String nonce) {
    String proof =
        proof(
            PROOF,
            "POST",
            endpoint(),
            claims -> {
              if (!nonce.isEmpty()) {
                claims.put("nonce", nonce);
              }
            });
    return calling.send(
        tokenRequest(assertion(RSA, claims -> {}), "okta.users.read", "client_credentials")
            .header("DPoP", proof)
            .build());
  }

  private String bound() {
    String nonce = proved("").headers().firstValue("dpop-nonce").orElseThrow();
    return proved(nonce).json().path("access_token").asString();
  }

  private String proof(TestKey key, String method, String url, Consumer<ObjectNode> change) {
    ObjectNode header = Json.MAPPER.createObjectNode().put("typ", "dpop+jwt");
    header.set("jwk", key.jwk());
    ObjectNode claims = Json.MAPPER.createObjectNode();
    claims.put("htm", method).put("htu", url).put("iat", now);
    claims.put("jti", UUID.randomUUID().toString());
    change.accept(claims);
    return key.sign(header, claims);
  }

  private Answer use(
      String token, TestKey key, String method, String path, Consumer<ObjectNode> change) {
    String proof =
        proof(
            key,
            method,
            calling.address() + "/api/v1" + path,
            claims -> {
              claims.put("ath", hash(token));
              change.accept(claims);
            });
    return calling.send(
        calling
            .request(method, path, "")
            .header("Authorization", "DPoP " + token)
            .header("DPoP", proof)
            .build());
  }

  private static String hash(String token) {
    try {
      return TestKey.encode(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer with(String authorization) {
    return calling.send(
        calling.request("GET", "/users", "").header("Authorization", authorization).build());
  }

  private static String challenge(Answer answer) {
    return answer.headers().firstValue("www-authenticate").orElse("");
  }
}
