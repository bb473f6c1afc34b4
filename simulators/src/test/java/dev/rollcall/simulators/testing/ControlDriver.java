package dev.rollcall.simulators.testing;

import dev.rollcall.simulators.state.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** Calls a control API as anybody outside would. */
public final class ControlDriver {
  /** A status and the JSON that came with it. */
  public record Told(int status, JsonNode body) {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  public ControlDriver(URI address) {
    this.address = address;
  }

  public JsonNode get(String path) {
    return good(call("GET", path, ""));
  }

  /** Posts JSON written with single quotes, for the reader's sake. */
  public JsonNode post(String path, String json) {
    return good(call("POST", path, json.replace('\'', '"')));
  }

  public Told call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/_control/" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Told(response.statusCode(), Json.MAPPER.readTree(response.body()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode good(Told told) {
    if (told.status() >= 300) {
      throw new AssertionError(told.toString());
    }
    return told.body();
  }
}
