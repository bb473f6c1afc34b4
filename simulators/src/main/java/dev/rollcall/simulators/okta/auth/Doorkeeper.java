package dev.rollcall.simulators.okta.auth;

import dev.rollcall.simulators.http.WireAnswer.Header;
import dev.rollcall.simulators.http.WireRequest;
import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.state.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Knows the tenant's API tokens and service applications, gives out access tokens, and says who
 * calls. Secrets are known by their digest only. Safe for many threads.
 */
public final class Doorkeeper {
  private static final int TOKEN_SECONDS = 3600;
  private static final Duration MAX_ASSERTION = Duration.ofHours(1);
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Consumer<Kept> witness;
  private final Predicate<String> ownerGone;
  private final Proofs proofs;
  private final Map<String, ApiToken> tokens = new TreeMap<>();
  private final Map<String, Client> clients = new TreeMap<>();
  private final Map<String, Grant> grants = new HashMap<>();
  private final Map<String, Instant> lastUsed = new HashMap<>();

  /**
   * Knows nobody yet.
   *
   * @param witness is told what must be known after a restart
   * @param ownerGone whether the administrator a token belongs to is active no more
   */
  public Doorkeeper(Clock clock, Consumer<Kept> witness, Predicate<String> ownerGone) {
    this.clock = clock;
    this.witness = witness;
    this.ownerGone = ownerGone;
    proofs = new Proofs(clock);
  }

  /** Learns again what an earlier life had noted. */
  public synchronized void replay(Kept kept) {
    switch (kept) {
      case Kept.TokenKept(ApiToken token) -> tokens.put(token.digest(), token);
      case Kept.ClientKept(Client client) -> clients.put(client.clientId(), client);
      case Kept.Granted(Grant grant) -> grants.put(grant.digest(), grant);
    }
  }

  /** Takes an API token in, or changes what holds for it. */
  public synchronized void keep(
      String secret, String name, boolean active, @Nullable Integer share, @Nullable String owner) {
    note(new Kept.TokenKept(new ApiToken(name, Digest.of(secret), active, share, owner)));
  }

  /** Takes an API token in that is known by its digest already. */
  public synchronized void keep(ApiToken token) {
    note(new Kept.TokenKept(token));
  }

  /** Takes an API token in, unless it was, and perhaps changed, before. */
  public synchronized void keepUnlessKnown(String secret, String name) {
    if (!tokens.containsKey(Digest.of(secret))) {
      keep(secret, name, true, null, null);
    }
  }

  /**
   * Takes a service application in, or changes it.
   *
   * @throws IllegalArgumentException where one of its keys cannot be read
   */
  public synchronized void keep(Client client) {
    for (JsonNode key : client.keys().path("keys")) {
      JsonWebKey.of(key);
    }
    note(new Kept.ClientKept(client));
  }

  /** Ends every access token before its time. */
  public synchronized void expireGrants() {
    List.copyOf(grants.values())
        .forEach(grant ->
            note(
                new Kept.Granted(
                    new Grant(
                        grant.digest(),
                        grant.client(),
                        grant.scopes(),
                        clock.instant(),
                        grant.key()))));
  }

  /** Asks for another nonce from now on. */
  public void rotateNonce() {
    proofs.rotate();
  }

  public synchronized List<ApiToken> tokens() {
    return List.copyOf(tokens.values());
  }

  public synchronized List<Client> clients() {
    return List.copyOf(clients.values());
  }

  /**
   * Says who calls the API.
   *
   * @param idleDays after how many days without use a token ends; 0 for never
   * @throws Refusal E0000011 for an API token that is none
   * @throws Denied for an access token that does not do
   */
  public Principal admit(WireRequest request, String scope, int idleDays) {
    String authorization = request.header("authorization").orElse("");
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    String secret = space < 0 ? "" : authorization.substring(space + 1).strip();
    return switch (scheme) {
      case "SSWS" -> ssws(secret, idleDays);
      case "Bearer", "DPoP" -> oauth(request, scheme, secret, scope);
      default -> throw invalidToken();
    };
  }

  private synchronized Principal ssws(String secret, int idleDays) {
    String digest = Digest.of(secret);
    @Nullable ApiToken token = tokens.get(digest);
    Instant now = clock.instant();
    if (token == null
        || !token.active()
        || (token.owner() != null && ownerGone.test(token.owner()))
        || (idleDays > 0
            && lastUsed.getOrDefault(digest, now).isBefore(now.minus(Duration.ofDays(idleDays))))) {
      throw invalidToken();
    }
    lastUsed.put(digest, now);
    return new Principal(token.name(), token.share(), Optional.empty(), true);
  }

  private Principal oauth(WireRequest request, String scheme, String secret, String scope) {
    Grant grant;
    Client client;
    synchronized (this) {
      grant = grants.get(Digest.of(secret));
      client = grant == null ? null : clients.get(grant.client());
    }
    if (grant == null || client == null || !client.active()) {
      throw challenge(request, 401, scope, "invalid_token", "The access token is invalid.");
    }
    if (!clock.instant().isBefore(grant.expires())) {
      throw challenge(request, 401, scope, "invalid_token", "The token has expired.");
    }
    if (grant.key() != null) {
      if (!scheme.equals("DPoP")) {
        throw challenge(
            request, 400, scope, "invalid_request", "The resource request requires a DPoP proof.");
      }
      prove(request, secret, grant.key(), scope);
    } else if (scheme.equals("DPoP")) {
      throw challenge(
          request, 400, scope, "invalid_request", "The access token is not bound to a key.");
    }
    Principal principal =
        new Principal(
            client.clientId(), client.share(), Optional.of(grant.scopes()), client.role());
    if (!covers(grant.scopes(), scope)) {
      throw challenge(
          request,
          403,
          scope,
          "insufficient_scope",
          "The access token provided does not contain the required scopes.");
    }
    return principal;
  }

  private void prove(WireRequest request, String secret, String thumbprint, String scope) {
    Optional<SignedToken> proof = request.header("dpop").flatMap(SignedToken::read);
    if (proof.isEmpty()) {
      throw challenge(
          request, 400, scope, "invalid_request", "The resource request requires a DPoP proof.");
    }
    try {
      JsonWebKey key =
          proofs.check(
              proof.get(), request.method(), host(request), request.path(), Optional.of(secret));
      if (!key.thumbprint().equals(thumbprint)) {
        throw new IllegalArgumentException("The DPoP proof JWT is signed by another key.");
      }
    } catch (IllegalArgumentException e) {
      throw challenge(request, 400, scope, "invalid_dpop_proof", String.valueOf(e.getMessage()));
    }
  }

  /** A reader may do what a scope to manage the same covers. */
  private static boolean covers(List<String> granted, String wanted) {
    return granted.contains(wanted)
        || (wanted.endsWith(".read")
            && granted.contains(wanted.substring(0, wanted.length() - 5) + ".manage"));
  }

  /**
   * Answers the token endpoint's one question: an access token for a signed assertion.
   *
   * @return the body of the answer
   * @throws Denied with the error that OAuth has for it
   */
  public ObjectNode token(WireRequest request) {
    Map<String, String> form = form(request.body());
    if (!form.getOrDefault("grant_type", "").equals("client_credentials")) {
      throw error(400, "unsupported_grant_type", "The grant type is not supported.");
    }
    if (!form.getOrDefault("client_assertion_type", "").equals(JWT_BEARER)) {
      throw error(
          401,
          "invalid_client",
          "Client authentication failed. The token endpoint requires 'private_key_jwt'.");
    }
    SignedToken assertion =
        SignedToken.read(form.getOrDefault("client_assertion", ""))
            .orElseThrow(
                () -> error(401, "invalid_client", "The client_assertion is not a signed JWT."));
    Client client = asserted(assertion, request);
    List<String> scopes = scopes(form.getOrDefault("scope", ""), client);
    Optional<String> key = bound(request, client);
    if (!proofs.first(client.clientId() + " " + assertion.claim("jti"))) {
      throw error(401, "invalid_client", "The client_assertion token has already been used.");
    }
    String secret = accessToken(client, scopes);
    Instant expires = clock.instant().plusSeconds(TOKEN_SECONDS);
    note(
        new Kept.Granted(
            new Grant(Digest.of(secret), client.clientId(), scopes, expires, key.orElse(null))));
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("token_type", key.isPresent() ? "DPoP" : "Bearer");
    answer.put("expires_in", TOKEN_SECONDS);
    answer.put("access_token", secret);
    answer.put("scope", String.join(" ", scopes));
    return answer;
  }

  /** The header that every answer to a proved token request carries. */
  public Header nonceHeader() {
    return new Header("dpop-nonce", proofs.nonce());
  }

  private Client asserted(SignedToken assertion, WireRequest request) {
    @Nullable Client client;
    synchronized (this) {
      client = clients.get(assertion.claim("sub"));
    }
    if (client == null
        || !client.active()
        || !assertion.claim("iss").equals(assertion.claim("sub"))) {
      throw error(401, "invalid_client", "The 'iss' and 'sub' claims must be the client's id.");
    }
    String kid = assertion.header().path("kid").asString("");
    boolean signed =
        client
            .keys()
            .path("keys")
            .valueStream()
            .map(JsonWebKey::of)
            .anyMatch(key -> key.kid().equals(kid) && assertion.signedBy(key.key()));
    if (!signed) {
      throw error(401, "invalid_client", "The client_assertion signature is invalid.");
    }
    JsonNode audience = assertion.claims().path("aud");
    boolean ours =
        (audience.isArray() ? audience.valueStream() : Stream.of(audience))
            .anyMatch(aud ->
                Set.of(
                        "http://" + host(request) + request.path(),
                        "https://" + host(request) + request.path())
                    .contains(aud.asString("")));
    if (!ours) {
      throw error(
          401,
          "invalid_client",
          "The audience claim for client_assertion must be the endpoint invoked for the request.");
    }
    Instant now = clock.instant();
    Instant ends =
        assertion
            .time("exp")
            .orElseThrow(() ->
                error(401, "invalid_client", "The client_assertion must have an 'exp' claim."));
    if (!now.isBefore(ends)) {
      throw error(401, "invalid_client", "The client_assertion token is expired.");
    }
    if (ends.isAfter(now.plus(MAX_ASSERTION).plus(MAX_SKEW))) {
      throw error(
          401,
          "invalid_client",
          "The client_assertion token has an expiration too far into the future.");
    }
    return client;
  }

  private static List<String> scopes(String asked, Client client) {
    List<String> scopes = new ArrayList<>();
    for (String scope : asked.strip().split("\\s+", -1)) {
      if (!scope.isEmpty()) {
        scopes.add(scope);
      }
    }
    if (scopes.isEmpty()) {
      throw error(
          400,
          "invalid_scope",
          "The authorization server resource does not have any configured default scopes,"
              + " 'scope' must be provided.");
    }
    if (!client.scopes().containsAll(scopes)) {
      throw error(
          400,
          "invalid_scope",
          "One or more scopes are not configured for the authorization server resource.");
    }
    return scopes;
  }

  /** The key the token is bound to; empty for a bearer token. */
  private Optional<String> bound(WireRequest request, Client client) {
    Optional<String> header = request.header("dpop");
    if (header.isEmpty()) {
      if (client.dpop()) {
        throw error(400, "invalid_dpop_proof", "The DPoP proof JWT header is missing.");
      }
      return Optional.empty();
    }
    SignedToken proof =
        SignedToken.read(header.get())
            .orElseThrow(
                () -> error(400, "invalid_dpop_proof", "The DPoP proof JWT cannot be read."));
    String nonce = proofs.nonce();
    if (!proof.claim("nonce").equals(nonce)) {
      throw new Denied(
          400,
          List.of(new Header("dpop-nonce", nonce)),
          Optional.of(
              body("use_dpop_nonce", "Authorization server requires nonce in DPoP proof.")));
    }
    try {
      return Optional.of(
          proofs
              .check(proof, request.method(), host(request), request.path(), Optional.empty())
              .thumbprint());
    } catch (IllegalArgumentException e) {
      throw error(400, "invalid_dpop_proof", String.valueOf(e.getMessage()));
    }
  }

  /** Looks like the recorded ones; nobody but this tenant may look into it, hence no real key. */
  private String accessToken(Client client, List<String> scopes) {
    long now = clock.instant().getEpochSecond();
    ObjectNode header = Json.MAPPER.createObjectNode();
    header.put("kid", "simulated").put("typ", "application/okta-internal-at+jwt");
    header.put("alg", "RS256");
    ObjectNode claims = Json.MAPPER.createObjectNode();
    claims.put("ver", 1).put("jti", "AT." + opaque(24)).put("sub", client.clientId());
    claims.put("iat", now).put("exp", now + TOKEN_SECONDS).put("cid", client.clientId());
    scopes.forEach(claims.putArray("scp")::add);
    return encode(Json.MAPPER.writeValueAsBytes(header))
        + "."
        + encode(Json.MAPPER.writeValueAsBytes(claims))
        + "."
        + opaque(256);
  }

  private String opaque(int bytes) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    return encode(noise);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private synchronized void note(Kept kept) {
    witness.accept(kept);
    replay(kept);
  }

  private static String host(WireRequest request) {
    return request.header("host").orElse("");
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static Refusal invalidToken() {
    return Refusal.of(ErrorCode.E0000011);
  }

  /** Says in a header what an access token lacks; such answers have no body. */
  private static Denied challenge(
      WireRequest request, int status, String scope, String error, String description) {
    String tenant = "http://" + host(request);
    String value =
        ("Bearer authorization_uri=\"%s/oauth2/v1/authorize\", realm=\"%s\", scope=\"%s\","
                + " error=\"%s\", error_description=\"%s\", resource=\"%s\"")
            .formatted(tenant, tenant, scope, error, description, request.path());
    return new Denied(status, List.of(new Header("www-authenticate", value)), Optional.empty());
  }

  private static Denied error(int status, String error, String description) {
    return new Denied(status, List.of(), Optional.of(body(error, description)));
  }

  private static ObjectNode body(String error, String description) {
    return Json.MAPPER.createObjectNode().put("error", error).put("error_description", description);
  }
}
