package dev.rollcall.simulators;

import dev.rollcall.simulators.hcm.Hcm;
import dev.rollcall.simulators.okta.Okta;
import dev.rollcall.simulators.peoplesoft.PeopleSoft;
import dev.rollcall.simulators.state.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the simulators in this JVM and says on one line where their control APIs are. */
@Command(
    name = "rollcall-simulators",
    mixinStandardHelpOptions = true,
    description = "The outside systems of Rollcall over real HTTP, on the loopback address.")
public final class Simulators implements Callable<Integer> {
  @Option(names = "--port", description = "Port of the PeopleSoft control API; 0 takes a free one.")
  private int port;

  @Option(
      names = "--state",
      required = true,
      description = "Directory of the journals and ledgers.")
  private Path state = Path.of("");

  @Option(names = "--listener", description = "URL that constituent messages are posted to.")
  private @Nullable URI listener;

  @Option(names = "--it-resource", description = "Default: ${DEFAULT-VALUE}.")
  private String itResource = "PSFT Campus";

  @Option(names = "--it-resource-header", description = "Default: ${DEFAULT-VALUE}.")
  private String itResourceHeader = "Location";

  @Option(
      names = "--okta-port",
      description = "Port of the Okta simulator; 0 takes a free one. Without it there is none.")
  private @Nullable Integer oktaPort;

  @Option(
      names = "--okta-token",
      defaultValue = "${env:ROLLCALL_SIMULATORS_OKTA_TOKEN:-simulated-token}",
      description =
          "An API token that the Okta simulator knows, or ROLLCALL_SIMULATORS_OKTA_TOKEN, which no"
              + " list of programs shows; default: simulated-token.")
  private String oktaToken = "simulated-token";

  @Option(
      names = "--hcm-port",
      description =
          "Port of the Oracle HCM simulator; 0 takes a free one. Without it there is none.")
  private @Nullable Integer hcmPort;

  @Option(names = "--hcm-user", description = "Who signs in there; default: ${DEFAULT-VALUE}.")
  private String hcmUser = "simulated.integration";

  @Option(
      names = "--hcm-password",
      defaultValue = "${env:ROLLCALL_SIMULATORS_HCM_PASSWORD:-simulated-password}",
      description =
          "Better given as ROLLCALL_SIMULATORS_HCM_PASSWORD, which no list of programs shows; "
              + "default: simulated-password.")
  private String hcmPassword = "";

  @Option(
      names = "--hcm-client",
      description = "The application that may ask for tokens there; default: ${DEFAULT-VALUE}.")
  private String hcmClient = "simulated-client";

  @Option(
      names = "--hcm-client-secret",
      defaultValue = "${env:ROLLCALL_SIMULATORS_HCM_CLIENT_SECRET:-simulated-secret}",
      description =
          "Better given as ROLLCALL_SIMULATORS_HCM_CLIENT_SECRET; default: simulated-secret.")
  private String hcmClientSecret = "";

  @Option(
      names = "--seed",
      description = "Used where a call names none; default: ${DEFAULT-VALUE}.")
  private long seed = 7;

  @Option(names = "--zone", description = "Zone of stamps and of today; default: ${DEFAULT-VALUE}.")
  private ZoneId zone = ZoneId.of("UTC");

  @Option(names = "--hr-url", description = "JDBC URL of a database to be PeopleSoft HR's.")
  private @Nullable String hrUrl;

  @Option(names = "--hr-user", description = "Who signs in there.")
  private @Nullable String hrUser;

  @Option(
      names = "--hr-password",
      defaultValue = "${env:ROLLCALL_SIMULATORS_HR_PASSWORD}",
      description =
          "Better given as ROLLCALL_SIMULATORS_HR_PASSWORD, which no list of programs shows.")
  private @Nullable String hrPassword;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Simulators()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PeopleSoft.Setup setup =
        new PeopleSoft.Setup(
            port, state, Optional.ofNullable(listener), itResource, itResourceHeader, seed, zone);
    try (PeopleSoft peopleSoft = PeopleSoft.start(setup);
        @Nullable Okta okta = oktaPort == null ? null : okta(oktaPort);
        @Nullable Hcm hcm = hcmPort == null ? null : hcm(hcmPort)) {
      if (hrUrl != null) {
        peopleSoft.serveHr(hrUrl, hrUser, hrPassword);
      }
      Map<String, URI> addresses = new LinkedHashMap<>();
      addresses.put("peoplesoft", peopleSoft.address());
      if (okta != null) {
        addresses.put("okta", okta.address());
      }
      if (hcm != null) {
        addresses.put("hcm", hcm.address());
      }
      System.out.println(Json.MAPPER.writeValueAsString(addresses));
      if (okta != null) {
        Thread.startVirtualThread(() -> stopWith(okta::awaitStop, peopleSoft));
      }
      if (hcm != null) {
        Thread.startVirtualThread(() -> stopWith(hcm::awaitStop, peopleSoft));
      }
      peopleSoft.awaitStop();
    }
    return 0;
  }

  /** The end of one simulator, which somebody asked for. */
  @FunctionalInterface
  private interface Ending {
    void await() throws InterruptedException;
  }

  /** Whoever ends one simulator ends them all: they are one JVM. */
  private static void stopWith(Ending ending, PeopleSoft peopleSoft) {
    try {
      ending.await();
      peopleSoft.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Hcm hcm(int hcmPort) throws IOException {
    return Hcm.start(
        new Hcm.Setup(
            hcmPort, state, zone, seed, hcmUser, hcmPassword, hcmClient, hcmClientSecret));
  }

  private Okta okta(int oktaPort) throws IOException {
    return Okta.start(new Okta.Setup(oktaPort, state, zone, oktaToken));
  }
}
