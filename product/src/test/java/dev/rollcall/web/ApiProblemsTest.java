package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever goes wrong, a program is told a problem (RFC 9457) and nothing of the inside. */
class ApiProblemsTest {

  private static final int MEGABYTE = 1024 * 1024;

  private final RunningService service = RunningService.start();

  @AfterEach
  void stop() {
    service.close();
  }

  private static RawHttp.Request request(String method, String path) {
    return RawHttp.request(method, path)
        .header("Authorization", "Bearer " + RunningService.TOKEN)
        .header("Content-Type", "application/json");
  }

  private JsonNode problem(int status, RawHttp.Request request) {
    RawHttp.Answer answer = service.http().exchange(request);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.head()).contains("Content-Type: application/problem+json");
    assertThat(answer.body())
        .doesNotContain("Exception", "dev.rollcall", "springframework", "apache", "\tat ", "SQL")
        .doesNotContain("/tmp", "trace");
    String body = answer.body();
    JsonNode problem =
        new JsonMapper().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    assertThat(problem.path("status").asInt(0)).isEqualTo(status);
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("detail").asString()).isNotBlank();
    return problem;
  }

  @Test
  void anUnknownPathIs404() {
    assertThat(problem(404, request("GET", "/api/nothing")).path("detail").asString())
        .isEqualTo("Nothing is at this address");
    problem(404, request("GET", "/nothing/of/ours"));
  }

  @Test
  void aMethodThatIsNotTakenIs405AndSaysWhichIs() {
    RawHttp.Answer answer = service.http().exchange(request("DELETE", "/api/held/7/release"));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.head()).contains("Allow: POST");
    assertThat(problem(405, request("PUT", "/api/events")).path("detail").asString())
        .isEqualTo("This address takes GET");
  }

  @Test
  void aBodyThatIsNotJsonIs415() {
    assertThat(
            problem(
                    415,
                    request("POST", "/api/users").header("Content-Type", "text/plain").body("ann"))
                .path("detail")
                .asString())
        .contains("application/json");
  }

  @Test
  void malformedJsonIs400AndIsNotRepeated() {
    for (String body : new String[] {"{", "[]", "{\"user\":{}}", "{\"user\":\"planted\",}", ""}) {
      assertThat(problem(400, request("POST", "/api/users").body(body)).toString())
          .contains("The request body is not the JSON that is expected")
          .doesNotContain("planted");
    }
    assertThat(
            problem(400, request("POST", "/api/instances/campus/load?id=1&file=x"))
                .path("detail")
                .asString())
        .isEqualTo("'asOf' is missing");
  }

  @Test
  void anAnswerNobodyCouldReadIs406BeforeAnythingIsDone() {
    RawHttp.Request asked =
        request("POST", "/api/users")
            .header("Accept", "application/xml")
            .body("{\"user\":\"ann\",\"role\":\"viewer\"}");
    assertThat(problem(406, asked).path("detail").asString()).contains("application/json");
    assertThat(service.api("GET", "/api/users", "").body()).doesNotContain("ann");
    problem(406, request("GET", "/api/events").header("Accept", "text/csv"));
    assertThat(
            service
                .http()
                .exchange(
                    request("GET", "/api/instances/campus/export")
                        .header("Accept", "application/x-ndjson"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aBodyThatIsTooLargeIs413WhetherItSaysSoOrNot() {
    String large = "{\"user\":\"" + "x".repeat(2 * MEGABYTE) + "\"}";
    problem(413, request("POST", "/api/users").body(large));
    problem(413, request("POST", "/api/users").body(large).chunked());
    problem(413, request("POST", "/api/users").body(" ".repeat(2 * MEGABYTE) + "{}").chunked());
  }

  @Test
  void aDefectIs500AndTellsNothing() {
    // No code writes this, so none expects it when it is read.
    service.api("POST", "/api/tokens", "{\"name\":\"odd\",\"role\":\"viewer\"}");
    service
        .database()
        .jdbc()
        .sql("alter table api_token alter column created drop not null")
        .update();
    service.database().jdbc().sql("update api_token set created = null").update();
    assertThat(problem(500, request("GET", "/api/tokens")).path("detail").asString())
        .isEqualTo("Something went wrong inside; the log of the service says what");
  }

  @Test
  void anAnswerThatBreaksInTheMiddleIsBrokenOffAndNotEnded() {
    service
        .database()
        .jdbc()
        .sql(
            """
            with made as (
              insert into identity (login, status, attributes, created_at, changed_at)
              select 'x' || n, 'ENABLED',
                case n when 999 then '["not as it should be"]'::jsonb else '{}' end, now(), now()
              from generate_series(1, 1200) n returning id, login)
            insert into link (target, source, subject, account_id, linked_at, event, origins)
            select 'repository', 'campus', login, id::text, now(), 1, '{}' from made
            """)
        .update();
    RawHttp.Answer answer = service.http().exchange(request("GET", "/api/instances/campus/export"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"x1\"")
        .doesNotContain("problem", "detail", "Exception")
        .doesNotEndWith("0\r\n\r\n");
  }

  @Test
  void aDatabaseThatRefusesIsToldWithoutItsWords() {
    service.database().jdbc().sql("alter table finding rename to finding_of_before").update();
    problem(503, request("GET", "/api/findings"));
  }
}
