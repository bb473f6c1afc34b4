package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.testing.ControlDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import tools.jackson.databind.JsonNode;

/**
 * A tenant at work in this JVM whose clock stands still, and somebody who calls it. Every answer is
 * held against Okta's API description where that is at hand.
 */
final class Calling implements AutoCloseable {
  static final String START = "2026-03-01T10:00:00Z";
  private static final String TOKEN = "secret-token";

  private final Okta simulator;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final ControlDriver control;

  private Calling(Okta simulator) {
    this.simulator = simulator;
    control = new ControlDriver(simulator.address());
  }

  static Calling in(Path directory) {
    try {
      Calling calling =
          new Calling(Okta.start(new Okta.Setup(0, directory, ZoneOffset.UTC, TOKEN)));
      calling.control.post("clock", "{'now':'" + START + "','stand':true}");
      return calling;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return simulator.address();
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  /** Posts JSON written with single quotes, for the reader's sake. */
  Answer post(String path, String json) {
    return send("POST", path, json);
  }

  Answer put(String path, String json) {
    return send("PUT", path, json);
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  Answer send(String method, String path, String json, String... headers) {
    HttpRequest.Builder request = request(method, path, json);
    request.header("Authorization", "SSWS " + TOKEN);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpRequest.Builder request(String method, String path, String json) {
    URI uri = path.startsWith("http") ? URI.create(path) : address().resolve("/api/v1" + path);
    return HttpRequest.newBuilder(uri)
        .method(
            method,
            json.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
        .header("Accept", "application/json")
        .header("Content-Type", "application/json");
  }

  /** Sends a request of any form. */
  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
      Description.check(request.method(), request.uri(), answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates somebody staged; returns their id. */
  String staged(String name) {
    return made(post("/users?activate=false", person(name)));
  }

  /** Puts somebody in by hand, in a state that calls alone may not lead to; returns their id. */
  String standing(String name, String status) {
    return control
        .post(
            "users",
            "{'status':'%s','profile':{'login':'%s@x.edu','email':'%s@x.edu','firstName':'F','lastName':'L'}}"
                .formatted(status, name, name))
        .path("id")
        .asString();
  }

  String group(String name) {
    return made(post("/groups", "{'profile':{'name':'" + name + "'}}"));
  }

  String status(String user) {
    return get("/users/" + user).json().path("status").asString();
  }

  JsonNode state(String part) {
    return control.get("state?part=" + part).path(part);
  }

  void settings(String json) {
    control.post("settings", json);
  }

  void fault(String json) {
    control.post("faults", json);
  }

  void advance(double seconds) {
    control.post("clock", "{'advanceMillis':" + Math.round(seconds * 1000) + "}");
  }

  static String person(String name) {
    return "{'profile':{'login':'%s@x.edu','email':'%s@x.edu','firstName':'F','lastName':'L'}}"
        .formatted(name, name);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String made(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError(answer.toString());
    }
    return answer.json().path("id").asString();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
