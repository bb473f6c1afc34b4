package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether a load balancer should send anything here. */
class ReadyTest {

  private static RawHttp.Answer ready(RunningService service) {
    return service.http().exchange(RawHttp.request("GET", "/ready"));
  }

  private static void assertMissing(RunningService service, String sentence) {
    RawHttp.Answer answer = ready(service);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
    assertThat(answer.head()).contains("Content-Type: application/problem+json");
    assertThat(answer.body()).contains("\"status\":503", sentence);
  }

  @Test
  void itIsReadyWhenTheDatabaseAnswersAndHasTheTables() {
    try (RunningService service = RunningService.start()) {
      RawHttp.Answer answer = ready(service);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("{\"status\":\"ready\"}");
    }
  }

  @Test
  void itIsNotReadyOnTablesOfAnOlderVersion() {
    try (RunningService service = RunningService.start()) {
      service
          .database()
          .jdbc()
          .sql(
              "delete from flyway_schema_history where installed_rank ="
                  + " (select max(installed_rank) from flyway_schema_history)")
          .update();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> assertMissing(service, "not those of this version; a restart brings them up"));
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerMakesNobodyWaitForLong() throws SQLException {
    try (RunningService service = RunningService.start();
        Connection blocking = service.database().dataSource().getConnection();
        Statement statement = blocking.createStatement()) {
      blocking.setAutoCommit(false);
      statement.execute("lock table flyway_schema_history in access exclusive mode");
      // What was seen before is good for a second.
      await().atMost(Duration.ofSeconds(20)).until(() -> ready(service).status() == 503);
      long begun = System.nanoTime();
      assertMissing(service, "The database does not answer.");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      assertThat(service.http().exchange(RawHttp.request("GET", "/health")).status())
          .as("whether it lives is another question")
          .isEqualTo(200);
      blocking.rollback();
      await().atMost(Duration.ofSeconds(10)).until(() -> ready(service).status() == 200);
    }
  }
}
