package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets into the REST API without the token, however the address is written. */
class RestApiAccessTest {

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/events",
        "/%61pi/events",
        "/ap%69/events",
        "/api;x=1/events",
        "/api;/events",
        "//api/events",
        "/./api/events",
        "/x/../api/events",
        "/API/events",
        "/%2fapi/events",
        "/api%2fevents",
        "/PeopleSoftOIMListener/../api/events",
        "/PeopleSoftOIMListener;/../api/events",
        "/health/../api/events",
        "/health;/../api/events",
        "/health/%2e%2e/api/events",
        "http://rollcall/api/events",
        "/api/backlog",
        "/api/clock",
        "/api/environment",
        "/api/instances",
        "/api/people/1",
        "/api/roles"
      })
  void everyWayToWriteAnAddressNeedsTheToken(String path) {
    RawHttp.Answer answer = service.http().exchange(RawHttp.request("GET", path));
    assertThat(answer.status()).as(answer.toString()).isBetween(400, 404);
    assertThat(answer.body())
        .doesNotContain("waiting", "\"now\"", "dataDirectory", "[{")
        .isNotEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer", "Bearer ", "Bearer x", "Basic x", "", "Bearer a-token-nobody-guesse"})
  void aWrongTokenIsRefusedWithoutSayingTheRightOne(String authorization) {
    RawHttp.Answer answer =
        service
            .http()
            .exchange(RawHttp.request("GET", "/api/events").header("Authorization", authorization));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.head()).containsIgnoringCase("WWW-Authenticate: Bearer");
    assertThat(answer.body()).contains("\"detail\"").doesNotContain(RunningService.TOKEN);
  }

  @Test
  void theSchemeMayBeWrittenInAnyCase() {
    RawHttp.Answer answer =
        service
            .http()
            .exchange(
                RawHttp.request("GET", "/api/backlog")
                    .header("Authorization", "bearer " + RunningService.TOKEN));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void healthNeedsNoTokenAndTellsNothing() {
    RawHttp.Answer answer = service.http().exchange(RawHttp.request("GET", "/health"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("{\"status\":\"up\"}");
  }
}
