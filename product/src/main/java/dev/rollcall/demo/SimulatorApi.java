package dev.rollcall.demo;

import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control API of a simulator, over HTTP; nothing of the simulators is on the class path. */
final class SimulatorApi implements AutoCloseable {

  private static final int CONFLICT = 409;

  private final URI address;
  private final HttpSender sender = new HttpSender(Duration.ofSeconds(30));
  private final JsonMapper json = new JsonMapper();

  SimulatorApi(String address) {
    this.address = URI.create(address);
  }

  JsonNode get(String path) {
    return send("GET", path, null);
  }

  JsonNode post(String path, Map<String, ?> body) {
    return send("POST", path, json.writeValueAsString(body));
  }

  /**
   * As {@link #post}, for what may not be possible.
   *
   * @return whether it was done
   */
  boolean tried(String path, Map<String, ?> body) {
    return exchange("POST", path, json.writeValueAsString(body), CONFLICT).success();
  }

  private JsonNode send(String method, String path, @Nullable String body) {
    Exchange exchange = exchange(method, path, body, 0);
    return json.readTree(exchange.body().isBlank() ? "{}" : exchange.body());
  }

  /**
   * @param alsoGood a status that is an answer, too
   */
  private Exchange exchange(String method, String path, @Nullable String body, int alsoGood) {
    try {
      Exchange exchange = sender.send(method, address.resolve(path), Map.of(), body);
      if (!exchange.success() && exchange.status() != alsoGood) {
        throw new DemoFailure(
            "The simulator answered %d to %s %s: %s"
                .formatted(exchange.status(), method, path, exchange.body()),
            null);
      }
      return exchange;
    } catch (IOException failure) {
      throw new DemoFailure("The simulator at " + address + " does not answer", failure);
    }
  }

  @Override
  public void close() {
    try {
      sender.close();
    } catch (IOException harmless) {
      // nothing is lost with a connection that does not close
    }
  }
}
