package dev.rollcall.simulators.okta.auth;

import dev.rollcall.simulators.http.WireAnswer.Header;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A call that is not let in: the answer it gets. */
public final class Denied extends RuntimeException {
  private final int status;
  private final transient List<Header> headers;
  private final transient Optional<JsonNode> body;

  Denied(int status, List<Header> headers, Optional<JsonNode> body) {
    super("denied with " + status);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public List<Header> headers() {
    return headers;
  }

  /** Empty where the answer has no body. */
  public Optional<JsonNode> body() {
    return body;
  }
}
