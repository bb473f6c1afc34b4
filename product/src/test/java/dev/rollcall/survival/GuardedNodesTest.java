package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit holds for all services together, and over whatever becomes of them. */
@Timeout(300)
class GuardedNodesTest {

  private static final int PEOPLE = 24;
  private static final int MOST = 5;
  private static final String ENGINE = "lease: 2s\nclaimSize: 3";
  private static final String GUARD =
      "{deactivations: {most: %d}, groupRemovals: {}}".formatted(MOST);

  @Test
  void aSlowDripOverTwoServicesAndTheirEndsNeverExceedsTheLimit()
      throws IOException, InterruptedException {
    try (SurvivalHome home = SurvivalHome.guarded(ENGINE, GUARD);
        People people = new People(PEOPLE)) {
      Node one = home.node("one");
      one.url();
      Node two = home.node("two", "--clock-skew", "90s");
      two.url();
      Tables tables = home.tables();
      people.change(one);
      tables.awaitIdle(Duration.ofSeconds(30));
      for (int cycle = 0; cycle < 5; cycle++) {
        people.leave(one, 4 * cycle, 4 * cycle + 2);
        people.leave(two, 4 * cycle + 2, 4 * cycle + 4);
        tables.awaitIdle(Duration.ofSeconds(30));
        assertThat(disabled(tables)).isEqualTo(Math.min(MOST, 4L * cycle + 4));
        two.kill();
        two = home.node("two-" + cycle, "--clock-skew", "90s");
        two.url();
        advance(one, "PT4H");
      }
      assertThat(undecided(tables)).isEqualTo(20 - MOST);

      advance(one, "PT5H"); // all of it is longer ago than a day
      people.leave(two, 20, PEOPLE);
      tables.awaitIdle(Duration.ofSeconds(30));
      assertThat(disabled(tables)).isEqualTo(MOST + 4);
      assertThat(tables.count("select count(*) from event where status = 'SUSP'"))
          .isEqualTo(20 - MOST);
    }
  }

  @Test
  void aServiceThatIsKilledBetweenWritingAndCommittingHasUsedNothingOfTheLimit()
      throws IOException, SQLException {
    try (SurvivalHome home = SurvivalHome.guarded(ENGINE, GUARD);
        People people = new People(PEOPLE)) {
      Node victim = home.node("victim");
      victim.url();
      Tables tables = home.tables();
      people.change(victim);
      tables.awaitIdle(Duration.ofSeconds(30));
      try (Roadblock counting = Roadblock.beforeWriting(tables, "guard_change")) {
        people.leave(victim, 0, 8);
        counting.awaitSomebody();
        victim.close();
      }
      Node other = home.node("other");
      other.url();
      tables.awaitIdle(Duration.ofSeconds(60));
      assertThat(disabled(tables)).isEqualTo(MOST);
      assertThat(undecided(tables)).isEqualTo(8 - MOST);
      assertThat(tables.count("select sum(changed) from guard_change")).isEqualTo(MOST);
    }
  }

  private static long disabled(Tables tables) {
    return tables.count("select count(*) from identity where status = 'DISABLED'");
  }

  private static long undecided(Tables tables) {
    return tables.count("select count(*) from held where closed_at is null and decision is null");
  }

  private static void advance(Node node, String by) throws IOException, InterruptedException {
    URI address = node.url().resolve("/api/clock");
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(address)
                      .header("Authorization", "Bearer " + SurvivalHome.TOKEN)
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"" + by + "\"}"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      assertThat(status).isEqualTo(200);
    }
  }
}
