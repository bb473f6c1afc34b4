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

  private JsonNode send(String method, String path, @Nullable String body) {
    try {
      Exchange exchange = sender.send(method, address.resolve(path), Map.of(), body);
      if (!exchange.success()) {
        throw new DemoFailure(
            "The simulator answered %d to %s %s: %s"
                .formatted(exchange.status(), method, path, exchange.body()),
            null);
      }
      return json.readTree(exchange.body().isBlank() ? "{}" : exchange.body());
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
