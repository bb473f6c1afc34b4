package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.LocalPostgres;
import dev.rollcall.simulators.okta.Okta;
import dev.rollcall.simulators.peoplesoft.PeopleSoft;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The systems at both ends of the route from PeopleSoft's requests to Okta. They live in the test's
 * own JVM, which nobody kills; PeopleSoft's tables are on the server that dies.
 */
final class OktaAndPeople implements AutoCloseable {

  static final String TOKEN = "survival-token";

  /** Every fault that passes by itself. */
  static final List<String> PASSING =
      List.of(
          "dropped",
          "lostAnswer",
          "halfBody",
          "serverError",
          "readOnly",
          "gatewayTimeout",
          "slow",
          "wrongClock",
          "tooMany",
          "concurrency",
          "stillActivating",
          "invalidToken");

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ROOMY = 60_000;

  /** Shorter than any lease, so that an answer never outlives the claim of a killed service. */
  private static final Map<String, Integer> MILLIS =
      Map.of("slow", 800, "tooMany", 1_000, "wrongClock", 3_600_000);

  private final PeopleSoft peopleSoft;
  private final Okta okta;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Starts them.
   *
   * @param database PeopleSoft's, empty
   */
  OktaAndPeople(Path directory, String database, String password) throws IOException {
    peopleSoft =
        PeopleSoft.start(
            new PeopleSoft.Setup(
                0,
                Files.createDirectories(directory.resolve("peoplesoft")),
                Optional.empty(),
                "PSFT Campus",
                "Location",
                7,
                ZoneOffset.UTC));
    peopleSoft.serveHr(database, LocalPostgres.USER, password);
    okta =
        Okta.start(
            new Okta.Setup(
                0, Files.createDirectories(directory.resolve("okta")), ZoneOffset.UTC, TOKEN));
    Map<String, Integer> limits = new HashMap<>();
    for (String bucket :
        List.of("/api/v1/users", "/api/v1/users/{id}", "/api/v1/users/{id:.+}", "/api/v1/groups")) {
      limits.put(bucket, ROOMY);
    }
    okta("settings", Map.of("share", 100, "limits", limits));
    okta(
        "groups",
        Map.of(
            "names",
            List.of(
                "Staff General",
                "Faculty General",
                "Student Cohort",
                "Adjunct Pool",
                "Contractor Pool")));
  }

  URI tenant() {
    return okta.address();
  }

  /** Has so many of the calls go wrong, some of them in every way that passes by itself. */
  void fail(double share, long seed) {
    for (String fault : PASSING) {
      int millis = MILLIS.getOrDefault(fault, 0);
      okta("faults", Map.of("fault", fault, "skip", 20, "millis", millis));
      okta(
          "faults",
          Map.of(
              "fault",
              fault,
              "probability",
              share / PASSING.size(),
              "seed",
              seed + PASSING.indexOf(fault),
              "millis",
              millis));
    }
  }

  JsonNode okta(String path, @Nullable Object body) {
    HttpResponse<String> answer = send(okta.address().resolve("/_control/" + path), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** Asks PeopleSoft; empty while its database is away, and when nobody is left to play with. */
  Optional<JsonNode> people(String path, @Nullable Object body) {
    HttpResponse<String> answer = send(peopleSoft.address().resolve("/_control/hr/" + path), body);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 409, 500);
    return answer.statusCode() == 200
        ? Optional.of(JSON.readTree(answer.body()))
        : Optional.empty();
  }

  private HttpResponse<String> send(URI address, @Nullable Object body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (body != null) {
      request.POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  @Override
  public void close() {
    peopleSoft.close();
    okta.close();
    http.close();
  }
}
