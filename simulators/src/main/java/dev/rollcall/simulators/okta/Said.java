package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.http.WireAnswer.Header;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.state.Json;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a call of the API is answered, before the headers that every answer has. */
record Said(int status, List<Header> headers, Optional<JsonNode> body) {
  static Said ok(JsonNode body, Header... headers) {
    return new Said(200, List.of(headers), Optional.of(body));
  }

  static Said nothing() {
    return new Said(204, List.of(), Optional.empty());
  }

  /** Okta's envelope for an error. */
  static Said error(Refusal refusal) {
    byte[] noise = new byte[16];
    ThreadLocalRandom.current().nextBytes(noise);
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("errorCode", refusal.code().name());
    body.put("errorSummary", refusal.summary());
    body.put("errorLink", refusal.code().name());
    body.put("errorId", "oae" + Base64.getUrlEncoder().withoutPadding().encodeToString(noise));
    refusal
        .causes()
        .forEach(cause -> body.withArray("errorCauses").addObject().put("errorSummary", cause));
    body.withArray("errorCauses");
    return new Said(refusal.status(), List.of(), Optional.of(body));
  }

  /** The error's code, where it is one of Okta's. */
  Optional<String> errorCode() {
    return body.map(node -> node.path("errorCode").asString("")).filter(code -> !code.isEmpty());
  }
}
