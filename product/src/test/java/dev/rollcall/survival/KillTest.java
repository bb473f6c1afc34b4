package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two services on one database, one with a wrong clock, told about three dozen people without a
 * pause, while they and PostgreSQL are killed at random moments. {@code -Dsurvival.seed=} plays the
 * same moments again, {@code -Dsurvival.moments=} more or fewer of them.
 */
@Timeout(600)
class KillTest {

  private static final long SEED = Long.getLong("survival.seed", System.nanoTime());
  private static final int MOMENTS = Integer.getInteger("survival.moments", 50);
  private static final int PEOPLE = 36;
  private static final int PER_SECOND = 120;
  private static final int DELIVERED_BETWEEN = 20;

  /** Longer than the lease. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** Who is killed, and how often out of a hundred. */
  private enum Victim {
    STEADY_NODE(25),
    SKEWED_NODE(25),
    POSTMASTER(20),
    BACKEND(10),
    EVERYTHING(8),
    /** Not killed, but stopped for longer than its lease. */
    NODE_FOR_A_WHILE(12);

    private final int share;

    Victim(int share) {
      this.share = share;
    }

    static Victim draw(Random random) {
      int drawn = random.nextInt(100);
      for (Victim victim : values()) {
        drawn -= victim.share;
        if (drawn < 0) {
          return victim;
        }
      }
      throw new IllegalStateException("The shares do not add up to a hundred");
    }
  }

  private final Map<Victim, Integer> killed = new EnumMap<>(Victim.class);

  @Test
  void nothingIsLostOrDoneTwiceWhenAnythingIsKilledAtAnyMoment()
      throws IOException, InterruptedException, ExecutionException {
    System.out.println("KillTest: -Dsurvival.seed=" + SEED + " -Dsurvival.moments=" + MOMENTS);
    try (SurvivalHome home = SurvivalHome.fresh("lease: 2s\nclaimSize: 20");
        KeptNode steady = new KeptNode(home, "steady");
        KeptNode skewed = new KeptNode(home, "skewed", "--clock-skew", "90s")) {
      steady.current().url();
      skewed.current().url();
      try (Load load = new Load(PEOPLE, SEED, PER_SECOND, () -> up(steady, skewed))) {
        load.introduceEverybody(home.tables());
        killAtRandomMoments(home, load, steady, skewed);
        load.finish();
        report(load, steady, skewed);
        assertThat(load.broker().unexpected()).isEmpty();
        steady.current().url();
        skewed.current().url();
        home.tables().awaitIdle(Duration.ofMinutes(1));
        new EndState(home.tables(), load.people()).check(load.broker().acknowledged());
      }
    }
  }

  private void killAtRandomMoments(SurvivalHome home, Load load, KeptNode steady, KeptNode skewed)
      throws InterruptedException, ExecutionException {
    Random random = new Random(SEED);
    try (ScheduledExecutorService moments = Executors.newSingleThreadScheduledExecutor()) {
      for (int moment = 0; moment < MOMENTS; ) {
        int wait = random.nextInt(1500);
        Victim victim = Victim.draw(random);
        if (random.nextInt(4) > 0) {
          // At work again; else it may be hit while it still recovers.
          load.awaitDelivered(DELIVERED_BETWEEN);
        }
        boolean hit =
            moments
                .schedule(() -> kill(victim, home, steady, skewed), wait, TimeUnit.MILLISECONDS)
                .get();
        if (hit) {
          moment++;
          killed.merge(victim, 1, Integer::sum);
        }
      }
    }
  }

  /** Whether there was anybody to kill: a server that is being brought back is not there. */
  private static boolean kill(Victim victim, SurvivalHome home, KeptNode steady, KeptNode skewed) {
    return switch (victim) {
      case STEADY_NODE -> Signals.kill(steady.current().pid());
      case SKEWED_NODE -> Signals.kill(skewed.current().pid());
      case POSTMASTER -> postmaster(home).map(Signals::kill).orElse(false);
      case NODE_FOR_A_WHILE -> stopForAWhile(skewed.current());
      case BACKEND -> backend(home).map(Signals::kill).orElse(false);
      case EVERYTHING ->
          Stream.of(
                  Optional.of(steady.current().pid()),
                  postmaster(home),
                  Optional.of(skewed.current().pid()))
              .flatMap(Optional::stream)
              .map(Signals::kill)
              .reduce(false, Boolean::logicalOr);
    };
  }

  private static boolean stopForAWhile(Node node) {
    Executor later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    var _ = CompletableFuture.runAsync(node::resume, later);
    return node.pause();
  }

  private static Optional<Long> postmaster(SurvivalHome home) {
    return home.server().map(server -> server.pid());
  }

  /** A process that serves one connection of Rollcall; PostgreSQL then starts over by itself. */
  private static Optional<Long> backend(SurvivalHome home) {
    return postmaster(home).stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .filter(KillTest::servesAConnection)
        .findFirst();
  }

  private static boolean servesAConnection(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
          .contains("rollcall rollcall 127.0.0.1");
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<URI> up(KeptNode... nodes) {
    return Stream.of(nodes).flatMap(node -> node.url().stream()).toList();
  }

  private void report(Load load, KeptNode steady, KeptNode skewed) {
    System.out.printf(
        "KillTest: killed %s, starts %d and %d, messages %d, answers %s%n",
        killed,
        steady.starts(),
        skewed.starts(),
        load.broker().acknowledged().size(),
        load.broker().answers());
  }
}
