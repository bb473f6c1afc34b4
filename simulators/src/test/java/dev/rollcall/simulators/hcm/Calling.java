package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.testing.ControlDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A tenant at work in this JVM whose clock stands still, and somebody who calls it. */
final class Calling implements AutoCloseable {
  static final String START = "2026-09-01T10:00:00Z";
  static final String ROOT = "/hcmRestApi/resources/11.13.18.05/";

  /** What a call was answered. */
  record Answer(int status, HttpHeaders headers, String text) {
    JsonNode json() {
      return Json.MAPPER.readTree(text);
    }

    List<JsonNode> items() {
      return json().path("items").valueStream().toList();
    }

    /** The values of one attribute of the items. */
    List<String> all(String attribute) {
      return items().stream().map(one -> one.path(attribute).asString()).toList();
    }

    String link(String rel) {
      return json()
          .path("links")
          .valueStream()
          .filter(one -> one.path("rel").asString().equals(rel))
          .map(one -> one.path("href").asString())
          .findFirst()
          .orElse("");
    }
  }

  private final Hcm simulator;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final ControlDriver control;

  private Calling(Hcm simulator) {
    this.simulator = simulator;
    control = new ControlDriver(simulator.address());
  }

  static Calling in(Path directory) {
    try {
      Calling calling =
          new Calling(
              Hcm.start(
                  new Hcm.Setup(
                      0, directory, ZoneOffset.UTC, 7, "user", "word", "client", "secret")));
      calling.control.post("clock", "{'now':'" + START + "','stand':true}");
      return calling;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same tenant again, after its process ended. */
  static Calling again(Path directory) throws IOException {
    return new Calling(
        Hcm.start(
            new Hcm.Setup(0, directory, ZoneOffset.UTC, 7, "user", "word", "client", "secret")));
  }

  URI address() {
    return simulator.address();
  }

  /** Reads at version 4 of the framework. */
  Answer get(String path) {
    return get(path, "4");
  }

  /** Reads at a version of the framework; none is said where it is empty. */
  Answer get(String path, String version) {
    HttpRequest.Builder request = request(path).header("Authorization", basic("user", "word"));
    if (!version.isEmpty()) {
      request.header("REST-Framework-Version", version);
    }
    return send(request.build());
  }

  HttpRequest.Builder request(String path) {
    URI uri = path.startsWith("http") ? URI.create(path) : URI.create(address() + ROOT + path);
    return HttpRequest.newBuilder(uri).header("Accept", "application/json");
  }

  /** Posts a form to the tenant's own address. */
  Answer form(String path, String form, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return send(request.build());
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All rows of a collection, read as a careful caller reads them. */
  List<JsonNode> everything(String resource, String query, String version) {
    List<JsonNode> rows = new ArrayList<>();
    while (true) {
      Answer answer =
          get(resource + "?onlyData=true&limit=200&offset=" + rows.size() + "&" + query, version);
      if (answer.status() != 200) {
        throw new AssertionError(answer.toString());
      }
      rows.addAll(answer.items());
      if (answer.items().isEmpty() || !answer.json().path("hasMore").asBoolean()) {
        return rows;
      }
    }
  }

  void fault(String json) {
    control.post("faults", json);
  }

  void settings(String json) {
    control.post("settings", json);
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
