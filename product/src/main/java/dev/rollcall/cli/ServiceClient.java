package dev.rollcall.cli;

import dev.rollcall.app.Home;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.http.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
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

  @Option(
      names = "--ca",
      description = "PEM file with a certificate to believe (ROLLCALL_CA, or cli.json).")
  private @Nullable Path ca;

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
    try (HttpSender sender = new HttpSender(STREAMING, trust(known.ca()))) {
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
    try (HttpSender sender = new HttpSender(STREAMING, trust(known.ca()))) {
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
    try (HttpSender sender = new HttpSender(patience, trust(known.ca()))) {
      Exchange exchange =
          sender.send(method, URI.create(known.url() + path), authorization(known), body);
      return understood(exchange);
    } catch (SSLException notBelieved) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "The certificate of %s is not believed (%s); name it, or its authority's, with --ca FILE"
              .formatted(known.url(), notBelieved.getMessage()));
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

  /**
   * Where the service is and how to be let in.
   *
   * @param ca a PEM file with the certificate it shows, or null
   */
  record Known(String url, String token, @Nullable String ca) {}

  private static Trust trust(@Nullable String ca) {
    try {
      return ca == null ? Trust.machine() : Trust.of(Path.of(ca));
    } catch (NoSuchFileException missing) {
      throw new CommandFailure(ExitCode.USAGE, "There is no file " + ca + " with a certificate");
    } catch (IOException unreadable) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(unreadable.getMessage()));
    }
  }

  private Known known() {
    Map<String, String> environment = System.getenv();
    String givenUrl = url != null ? url : environment.get("ROLLCALL_URL");
    String givenToken = token != null ? token : environment.get("ROLLCALL_TOKEN");
    String givenCa = ca != null ? ca.toString() : environment.get("ROLLCALL_CA");
    if (givenUrl != null && givenToken != null) {
      return new Known(withoutSlash(givenUrl), givenToken, givenCa);
    }
    Known kept = kept(Home.of(environment));
    return new Known(
        givenUrl != null ? withoutSlash(givenUrl) : kept.url(),
        givenToken != null ? givenToken : kept.token(),
        givenCa != null || givenUrl != null ? givenCa : kept.ca());
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
    keep(home, url, token, null);
  }

  private static void keep(Home home, String url, String token, @Nullable Path ca)
      throws IOException {
    Known known = new Known(url, token, ca == null ? null : ca.toString());
    Home.writePrivately(file(home), JSON.writeValueAsString(known));
  }

  /** The same, unless another service that still answers is known already. */
  static void keepUnlessOther(Home home, String url, String token, @Nullable Path ca)
      throws IOException {
    try {
      Known other = JSON.readValue(Files.readString(file(home)), Known.class);
      try (HttpSender sender = new HttpSender(Duration.ofSeconds(2), trust(other.ca()))) {
        sender.send("GET", URI.create(other.url() + "/health"), Map.of(), null);
      }
    } catch (IOException | JacksonException | CommandFailure none) {
      keep(home, url, token, ca);
    }
  }

  private static Path file(Home home) {
    return home.directory().resolve("cli.json");
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
