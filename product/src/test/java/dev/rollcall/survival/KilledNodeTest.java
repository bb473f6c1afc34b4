package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the events that a killed service had claimed. */
@Timeout(180)
class KilledNodeTest {

  private static final int PEOPLE = 12;
  private static final int MOST_ATTEMPTS = 12;
  private static final Duration LEASE = Duration.ofSeconds(2);

  /** Somebody claims and is never heard of again. */
  private static final String CLAIM =
      """
      select id from claim_events('%s', now() + interval '1 minute', 10, gen_random_uuid(),
        'nobody', interval '1 millisecond')
      """
          .formatted(SurvivalHome.INSTANCE);

  @Test
  void theClaimsOfAKilledServiceAreWorkedByTheOtherWithinAFewLeases()
      throws IOException, SQLException {
    try (SurvivalHome home = SurvivalHome.fresh("lease: %ds".formatted(LEASE.toSeconds()));
        People people = new People(PEOPLE)) {
      Node victim = home.node("victim");
      Node other = home.node("other");
      victim.url();
      other.url();
      Tables tables = home.tables();
      other.pause();
      try (Roadblock planning = Roadblock.beforeReading(tables, "identity")) {
        try (Roadblock claims = Roadblock.beforeClaims(tables)) {
          claims.awaitSomebody();
          people.change(victim);
        }
        planning.awaitSomebody();
        assertThat(tables.texts("select distinct node from claim"))
            .containsExactly(victim.nodeName());
        victim.close();
      }
      other.resume();
      tables.awaitIdle(LEASE.multipliedBy(5));

      people.check(tables);
      assertThat(
              tables.texts(
                  "select status || ' after ' || attempt from event where cause = 'MESSAGE'"))
          .hasSize(PEOPLE)
          .containsOnly("COMP after 2");
      assertThat(
              tables.texts(
                  "select (entry ->> 'attempt') || (entry ->> 'status') || ' ' || (entry ->> 'reason')"
                      + " from audit where kind = 'claim-lost'"))
          .hasSize(PEOPLE)
          .containsOnly(
              "1NEW claim lost: %s did not finish within its lease".formatted(victim.nodeName()));
    }
  }

  @Test
  void anEventThatIsLostTimeAndAgainEndsAsAnError() throws IOException {
    try (SurvivalHome home = SurvivalHome.fresh("lease: 1s", "off");
        People people = new People(1)) {
      Node node = home.node("node");
      node.url();
      Tables tables = home.tables();
      people.change(node);
      for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        assertThat(tables.texts(CLAIM)).as("attempt %d", attempt).hasSize(1);
        long lost = attempt;
        await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(50))
            .until(() ->
                tables.count(
                        "select count(*) from event where status <> 'QUE' and attempt = ?", lost)
                    == 1);
      }
      assertThat(tables.texts("select status || ' ' || error from event"))
          .containsExactly("ERR UNAVAILABLE");
      assertThat(tables.texts(CLAIM)).isEmpty();
      assertThat(lostAndBecame(tables)).hasSize(MOST_ATTEMPTS).endsWith("11 NEW", "12 ERR");
    }
  }

  private static List<String> lostAndBecame(Tables tables) {
    return tables.texts(
        "select (entry ->> 'attempt') || ' ' || (entry ->> 'status') from audit"
            + " where kind = 'claim-lost' order by id");
  }
}
