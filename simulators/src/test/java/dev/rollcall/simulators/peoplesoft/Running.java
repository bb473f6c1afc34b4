package dev.rollcall.simulators.peoplesoft;

import static org.awaitility.Awaitility.await;

import dev.rollcall.simulators.testing.ControlDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A simulator at work in this JVM with short pauses, and what tests ask of it. */
final class Running implements AutoCloseable {
  private final PeopleSoft simulator;
  final ControlDriver control;

  private Running(PeopleSoft simulator) {
    this.simulator = simulator;
    control = new ControlDriver(simulator.address());
  }

  static Running in(Path directory, URI listener) {
    try {
      Running running =
          new Running(
              PeopleSoft.start(
                  new PeopleSoft.Setup(
                      0,
                      directory,
                      Optional.of(listener),
                      "PSFT Campus",
                      "Location",
                      7,
                      ZoneOffset.UTC)));
      running.control.post("settings", "{'retryMillis':20,'timeoutMillis':5000}");
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Publishes a person with nothing but a name; returns the contract. */
  long name(String emplid, String last) {
    return control
        .post(
            "person",
            "{'emplid':'%s','names':[{'type':'PRI','effdt':'2020-01-01','first':'F','last':'%s'}]}"
                .formatted(emplid, last))
        .path("contract")
        .asLong();
  }

  void fault(String name) {
    control.post("faults", "{'fault':'%s','times':1}".formatted(name));
  }

  JsonNode standing(long contract) {
    return control.get("contracts/" + contract).path("standing");
  }

  void awaitStatus(long contract, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> standing(contract).path("status").asString().equals(status));
  }

  void awaitPlayed() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !control.get("play").path("running").asBoolean());
  }

  /** Attempts that were not pings. */
  long attempts() {
    return control.get("requests").valueStream().filter(one -> !one.has("ping")).count();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
