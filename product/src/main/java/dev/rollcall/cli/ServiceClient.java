package dev.rollcall.cli;

import dev.rollcall.app.Home;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the running service: found by options, the environment, or the home's cli.json. */
final class ServiceClient {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STREAMING = Duration.ofHours(4);

  @Option(names = "--url", description = "The service's address (ROLLCALL_URL, or cli.json).")
  private @Nullable String url;

  @Option(names = "--token", description = "The service's token (ROLLCALL_TOKEN, or cli.json).")
  private @Nullable String token;

  JsonNode get(String path) {
    return send("GET", path, null, PATIENCE);
  }

  JsonNode post(String path, Map<String, ?> body) {
    return send("POST", path, JSON.writeValueAsString(body), PATIENCE);
  }

  /** For what takes its time. */
  JsonNode postPatiently(String path, Map<String, ?> body) {
    return send("POST", path, JSON.writeValueAsString(body), STREAMING);
  }

  /** Streams a body to the service; waits as long as it takes. */
  JsonNode stream(String path, InputStream body) {
    Known known = known();
    try (HttpSender sender = new HttpSender(STREAMING)) {
      return understood(sender.stream(URI.create(known.url() + path), authorization(known), body));
    } catch (IOException broken) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "The connection to "
              + known.url()
              + " broke ("
              + broken.getMessage()
              + ");"
              + " repeating the command does no harm");
    }
  }

  /** Writes what the service answers as it comes. */
  void receive(String path, OutputStream out) {
    Known known = known();
    try (HttpSender sender = new HttpSender(STREAMING)) {
      Exchange exchange = sender.receive(URI.create(known.url() + path), authorization(known), out);
      if (!exchange.success()) {
        understood(exchange);
      }
    } catch (IOException broken) {
      throw new CommandFailure(
          ExitCode.FAILED, "The connection to " + known.url() + " broke: " + broken.getMessage());
    }
  }

  private static Map<String, String> authorization(Known known) {
    return Map.of("Authorization", "Bearer " + known.token());
  }

  private JsonNode send(String method, String path, @Nullable String body, Duration patience) {
    Known known = known();
    if (!known.url().matches("https?://[\\w.\\-:\\[\\]]+(/\\S*)?")) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "The service's address must begin with http:// or https://: " + known.url());
    }
    try (HttpSender sender = new HttpSender(patience)) {
      Exchange exchange =
          sender.send(method, URI.create(known.url() + path), authorization(known), body);
      return understood(exchange);
    } catch (IOException unreachable) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "No Rollcall answers at "
              + known.url()
              + "; start one with 'rollcall up --demo' or"
              + " 'rollcall serve --config FILE'");
    }
  }

  private static JsonNode understood(Exchange exchange) {
    JsonNode answer;
    try {
      answer = JSON.readTree(exchange.body());
    } catch (JacksonException notJson) {
      throw new CommandFailure(
          ExitCode.FAILED, "What answers is not Rollcall (status " + exchange.status() + ")");
    }
    if (exchange.success()) {
      return answer;
    }
    int code =
        switch (exchange.status()) {
          case 400 -> ExitCode.USAGE;
          case 403 -> ExitCode.REFUSED;
          case 404 -> ExitCode.NOT_FOUND;
          default -> ExitCode.FAILED;
        };
    String error = answer.path("detail").asString("");
    throw new CommandFailure(code, error.isEmpty() ? "Status " + exchange.status() : error);
  }

  /** Where the service is and how to be let in. */
  record Known(String url, String token) {}

  private Known known() {
    Map<String, String> environment = System.getenv();
    String givenUrl = url != null ? url : environment.get("ROLLCALL_URL");
    String givenToken = token != null ? token : environment.get("ROLLCALL_TOKEN");
    if (givenUrl != null && givenToken != null) {
      return new Known(withoutSlash(givenUrl), givenToken);
    }
    Known kept = kept(Home.of(environment));
    return new Known(
        givenUrl != null ? withoutSlash(givenUrl) : kept.url(),
        givenToken != null ? givenToken : kept.token());
  }

  private static Known kept(Home home) {
    Path file = file(home);
    try {
      return JSON.readValue(Files.readString(file), Known.class);
    } catch (IOException | JacksonException none) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "No Rollcall is known here; start one with 'rollcall up --demo' or 'rollcall serve"
              + " --config FILE', or name one with --url and --token");
    }
  }

  /** Lets later commands find this service; only the owner can read it. */
  static void keep(Home home, String url, String token) throws IOException {
    Home.writePrivately(file(home), JSON.writeValueAsString(new Known(url, token)));
  }

  /** The same, unless another service that still answers is known already. */
  static void keepUnlessOther(Home home, String url, String token) throws IOException {
    try (HttpSender sender = new HttpSender(Duration.ofSeconds(2))) {
      Known other = JSON.readValue(Files.readString(file(home)), Known.class);
      sender.send("GET", URI.create(other.url() + "/health"), Map.of(), null);
    } catch (IOException | JacksonException none) {
      keep(home, url, token);
    }
  }

  private static Path file(Home home) {
    return home.directory().resolve("cli.json");
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
