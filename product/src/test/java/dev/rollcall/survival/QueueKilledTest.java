package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/**
 * Two services, one with a wrong clock, work PeopleSoft's requests while one call in twenty to Okta
 * goes wrong in some way that passes, and they and PostgreSQL are killed at random moments. {@code
 * -Dsurvival.seed=} plays the same moments again, {@code -Dsurvival.lines=} more or fewer requests
 * (10 in a batch), {@code -Dsurvival.moments=} more or fewer moments.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class QueueKilledTest {

  private static final long SEED = Long.getLong("survival.seed", System.nanoTime());
  private static final int LINES = Integer.getInteger("survival.lines", 400);
  private static final int MOMENTS = Integer.getInteger("survival.moments", 4);

  private static final double FAULTS = 0.05;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final String HR = "hr";

  /** Who is killed. */
  private enum Victim {
    STEADY_NODE,
    SKEWED_NODE,
    POSTMASTER,
    /** Not killed, but stopped for longer than its lease. */
    NODE_FOR_A_WHILE
  }

  /** When so many lines came to an end, this one is hit. */
  private record Moment(long lines, Victim victim) {}

  private final Map<Victim, Integer> hit = new EnumMap<>(Victim.class);

  @Test
  void everyRequestEndsAsItsScenarioSaysWhoeverIsKilled(@TempDir Path directory)
      throws IOException {
    System.out.printf(
        "QueueKilledTest: -Dsurvival.seed=%d -Dsurvival.lines=%d -Dsurvival.moments=%d%n",
        SEED, LINES, MOMENTS);
    try (SurvivalHome home = SurvivalHome.bare()) {
      Tables people = home.beside(HR);
      try (OktaAndPeople world = new OktaAndPeople(directory, people.url(), home.password())) {
        RequestStory story = new RequestStory(world, people, SEED, LINES);
        story.begin();
        world.fail(FAULTS, SEED);
        home.settle(settings(people, world, home.password()));
        long start = System.nanoTime();
        try (KeptNode steady = new KeptNode(home, "steady");
            KeptNode skewed = new KeptNode(home, "skewed", "--clock-skew", "90s")) {
          play(home, story, steady, skewed);
          home.tables().awaitIdle(Duration.ofMinutes(5));
          report(story, new OktaLedger(world), people, System.nanoTime() - start, steady, skewed);
        }
        check(world, people);
      }
    }
  }

  private static String settings(Tables people, OktaAndPeople world, String password) {
    return """
    demo: yes
    database: {name: %s}
    http: {token: %s}
    engine: {lease: %ds}
    instances:
      hr-to-okta:
        route: hr-to-okta
        every: 1s
        database: {url: "%s", user: %s, password: "%s"}
        tables: {group: CHG_GROUP}
        guard: {deactivations: {}, groupRemovals: {}}
        tenants: {%s: {url: "%s", token: %s}}
    """
        .formatted(
            SurvivalHome.DATABASE,
            SurvivalHome.TOKEN,
            LEASE.toSeconds(),
            people.url(),
            LocalPostgres.USER,
            password,
            HR,
            world.tenant(),
            OktaAndPeople.TOKEN);
  }

  /** Everybody is hit at least once, in an order and at moments that the seed says. */
  private static Deque<Moment> moments() {
    Random random = new Random(SEED);
    List<Victim> victims = new ArrayList<>(List.of(Victim.values()));
    while (victims.size() < MOMENTS) {
      victims.add(Victim.values()[random.nextInt(Victim.values().length)]);
    }
    Collections.shuffle(victims, random);
    List<Long> when =
        IntStream.range(0, victims.size())
            .mapToObj(_ -> LINES / 20 + random.nextLong(LINES * 17L / 20))
            .sorted()
            .toList();
    Deque<Moment> moments = new ArrayDeque<>();
    for (int place = 0; place < victims.size(); place++) {
      moments.add(new Moment(when.get(place), victims.get(place)));
    }
    return moments;
  }

  private void play(SurvivalHome home, RequestStory story, KeptNode steady, KeptNode skewed) {
    Deque<Moment> moments = moments();
    await()
        .atMost(Duration.ofMinutes(LINES < 1_000 ? 4 : 50))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          Moment next = moments.peek();
          if (next != null && isDue(story, next) && strike(next.victim(), home, steady, skewed)) {
            hit.merge(next.victim(), 1, Integer::sum);
            System.out.printf("QueueKilledTest: %s%n", next);
            moments.remove();
          }
          return story.goOn() && moments.isEmpty();
        });
  }

  private static boolean isDue(RequestStory story, Moment moment) {
    try {
      return story.ended() >= moment.lines();
    } catch (DataAccessException away) {
      return false;
    }
  }

  /** Whether there was somebody at work to hit. */
  private static boolean strike(
      Victim victim, SurvivalHome home, KeptNode steady, KeptNode skewed) {
    return switch (victim) {
      case STEADY_NODE -> steady.url().isPresent() && Signals.kill(steady.current().pid());
      case SKEWED_NODE -> skewed.url().isPresent() && Signals.kill(skewed.current().pid());
      case POSTMASTER -> home.server().map(server -> Signals.kill(server.pid())).orElse(false);
      case NODE_FOR_A_WHILE -> steady.url().isPresent() && stopForAWhile(steady.current());
    };
  }

  private static boolean stopForAWhile(Node node) {
    Executor later =
        CompletableFuture.delayedExecutor(LEASE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    var _ = CompletableFuture.runAsync(node::resume, later);
    return node.pause();
  }

  private void report(
      RequestStory story,
      OktaLedger ledger,
      Tables people,
      long nanos,
      KeptNode steady,
      KeptNode skewed) {
    System.out.printf(
        "QueueKilledTest: %s in %d s, lines %s, failed %s, calls %d, faults %s, hit %s, starts %d and %d%n",
        story.told(),
        Duration.ofNanos(nanos).toSeconds(),
        people.texts(
            "select CHG_LINE_STATUS || ' ' || count(*) from PS_CHG_OK_REQ_DTL group by CHG_LINE_STATUS order by 1"),
        RequestEndState.failures(people),
        ledger.size(),
        ledger.faults(),
        hit,
        steady.starts(),
        skewed.starts());
  }

  private static void check(OktaAndPeople world, Tables people) {
    OktaLedger ledger = new OktaLedger(world);
    assertThat(ledger.faults().keySet()).containsExactlyInAnyOrderElementsOf(OktaAndPeople.PASSING);
    ledger.nobodyWasCreatedTwice();
    ledger.callsOfOnePersonNeverOverlap();
    ledger.changesOfOnePersonAreInTheOrderOfTheirLines(people);
    new RequestEndState(world, people).check();
  }
}
