package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.survival.Publication.Difference;
import dev.rollcall.survival.Publication.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * A whole population is loaded by the command, twice, while the service, PostgreSQL and the command
 * are killed at random points of the load; what was begun is begun again. {@code -Dsurvival.seed=}
 * plays the same points again, {@code -Dsurvival.kills=} more or fewer of them, {@code
 * -Dsurvival.people=} with more or fewer people.
 */
@Timeout(600)
class FullLoadKilledTest {

  private static final long SEED = Long.getLong("survival.seed", System.nanoTime());
  private static final int KILLS = Integer.getInteger("survival.kills", 8);
  private static final int PEOPLE = Integer.getInteger("survival.people", 4000);
  private static final Instant FIRST = Instant.parse("2026-03-01T06:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-03-08T06:00:00Z");
  private static final String CUT = "FULLSYNC_06.xml";
  private static final int MOST_RUNS = 100;

  /** Who is killed, and how often out of a hundred. */
  private enum Victim {
    SERVICE(40),
    POSTMASTER(30),
    COMMAND(20),
    EVERYTHING(10);

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

  private final Random random = new Random(SEED);
  private final Map<Victim, Integer> killed = new EnumMap<>(Victim.class);
  private int runs;

  @Test
  void aLoadThatIsKilledAnywhereAndRepeatedEndsAsIfNothingHadHappened() throws Exception {
    System.out.println(
        "FullLoadKilledTest: -Dsurvival.seed=%d -Dsurvival.kills=%d -Dsurvival.people=%d"
            .formatted(SEED, KILLS, PEOPLE));
    Publication publication = new Publication(PEOPLE, SEED);
    try (SurvivalHome home = SurvivalHome.fresh("lease: 2s\nclaimSize: 200");
        KeptNode node = new KeptNode(home, "node")) {
      awaitUp(node);
      LoadedByCommand command = new LoadedByCommand(home);
      Path directory = Files.createDirectory(home.directory().resolve("incoming"));

      Map<String, Integer> transactions = publication.write(directory, FIRST);
      Path cut = directory.resolve(CUT);
      byte[] whole = cutAnywhere(cut);
      CompletableFuture<Void> killer = killDuring(home, node, command, FIRST, KILLS / 2);
      List<JsonNode> loads = loadUntilTaken(node, command, directory, 2);
      copy(whole, cut, FIRST);
      loads.addAll(loadUntilTaken(node, command, directory, 1));
      killer.get(2, TimeUnit.MINUTES);
      assertThat(left(directory)).containsExactly(publication.brokenFile());
      sumsAddUp(loads, transactions);
      onlyTheBrokenOneIsRejected(loads, directory, publication);
      awaitUp(node);
      endsAs(publication, home, command);

      Files.delete(directory.resolve(publication.brokenFile()));
      Difference difference = publication.next();
      transactions = publication.write(directory, SECOND);
      killer = killDuring(home, node, command, SECOND, KILLS - KILLS / 2);
      loads = loadUntilTaken(node, command, directory, 0);
      killer.get(2, TimeUnit.MINUTES);
      assertThat(left(directory)).isEmpty();
      sumsAddUp(loads, transactions);
      awaitUp(node);
      endsAs(publication, home, command);
      everyImageIsKnownForWhatItWas(home.tables(), difference);
      System.out.printf(
          "FullLoadKilledTest: killed %s, starts %d, loads begun %d%n",
          killed, node.starts(), runs);
    }
  }

  /** As if it had been copied half when the load began; gives what it is as a whole. */
  private byte[] cutAnywhere(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    copy(Arrays.copyOf(whole, random.nextInt(whole.length / 3, whole.length - 50)), file, FIRST);
    return whole;
  }

  private static void copy(byte[] bytes, Path file, Instant asOf) throws IOException {
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(asOf));
  }

  /**
   * Loads again and again, as an operator or a timer would.
   *
   * @param kept how many files may stay, because something in them cannot be taken
   * @return what the runs answered that came to their end
   */
  private List<JsonNode> loadUntilTaken(
      KeptNode node, LoadedByCommand command, Path directory, int kept)
      throws IOException, InterruptedException {
    List<JsonNode> answers = new ArrayList<>();
    for (int run = 0; run < MOST_RUNS; run++) {
      awaitUp(node);
      runs++;
      Optional<JsonNode> answer = command.load(directory);
      answer.ifPresent(answers::add);
      if (answer.isPresent() && left(directory).size() == kept) {
        return answers;
      }
    }
    throw new AssertionError("not taken after " + MOST_RUNS + " loads: " + left(directory));
  }

  private static void awaitUp(KeptNode node) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> node.url().isPresent());
  }

  private static List<String> left(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".xml"))
          .sorted()
          .toList();
    }
  }

  /** Kills at points of the load that are spread over all of it. */
  private CompletableFuture<Void> killDuring(
      SurvivalHome home, KeptNode node, LoadedByCommand command, Instant asOf, int kills) {
    List<Integer> points = random.ints(kills, 0, PEOPLE * 9 / 10).sorted().boxed().toList();
    List<Victim> victims = Stream.generate(() -> Victim.draw(random)).limit(kills).toList();
    List<Integer> waits = random.ints(kills, 0, 300).boxed().toList();
    // Not on the common pool: nodes are started again by it.
    return CompletableFuture.runAsync(
        () -> {
          for (int i = 0; i < kills; i++) {
            awaitStored(home, asOf, points.get(i));
            pause(waits.get(i));
            Victim victim = victims.get(i);
            while (!kill(victim, home, node, command)) {
              pause(10);
            }
            killed.merge(victim, 1, Integer::sum);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  /** Waits until so many images were stored. */
  private static void awaitStored(SurvivalHome home, Instant asOf, int wanted) {
    while (stored(home, asOf) < wanted) {
      pause(20);
    }
  }

  private static long stored(SurvivalHome home, Instant asOf) {
    try {
      return home.tables()
          .count(
              "select count(*) from campus_image where as_of = ?",
              OffsetDateTime.ofInstant(asOf, ZoneOffset.UTC));
    } catch (RuntimeException notThere) {
      return -1;
    }
  }

  private static void pause(int milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** Whether there was anybody to kill. */
  private static boolean kill(
      Victim victim, SurvivalHome home, KeptNode node, LoadedByCommand command) {
    Optional<Long> postmaster = home.server().map(server -> server.pid());
    return switch (victim) {
      case SERVICE -> Signals.kill(node.current().pid());
      case POSTMASTER -> postmaster.map(Signals::kill).orElse(false);
      case COMMAND -> command.kill();
      case EVERYTHING ->
          Stream.of(
                  command.kill(),
                  postmaster.map(Signals::kill).orElse(false),
                  Signals.kill(node.current().pid()))
              .reduce(false, Boolean::logicalOr);
    };
  }

  /** Of each file that was read to its end, whichever run that was. */
  private static void sumsAddUp(List<JsonNode> loads, Map<String, Integer> transactions) {
    Set<String> taken = new TreeSet<>();
    for (JsonNode load : loads) {
      for (JsonNode file : load.path("files")) {
        String name = Path.of(file.path("file").asString()).getFileName().toString();
        int sum =
            Stream.of("accepted", "unchanged", "older", "rejected")
                .mapToInt(number -> file.path(number).asInt())
                .sum();
        boolean cut = name.equals(CUT) && file.path("state").asString().equals("kept");
        assertThat(sum)
            .as(file.toString())
            .isEqualTo(file.path("transactions").asInt() + (cut ? 1 : 0));
        assertThat(file.path("older").asInt()).as(file.toString()).isZero();
        if (!cut) {
          assertThat(sum).as(file.toString()).isEqualTo(transactions.get(name));
          taken.add(name);
        }
      }
    }
    // A command that is killed after a file was archived tells nobody of it.
    assertThat(taken).isNotEmpty().isSubsetOf(transactions.keySet());
  }

  private static void onlyTheBrokenOneIsRejected(
      List<JsonNode> loads, Path directory, Publication publication) throws IOException {
    JsonNode last =
        loads
            .getLast()
            .path("files")
            .valueStream()
            .filter(file -> file.path("file").asString().endsWith(publication.brokenFile()))
            .findFirst()
            .orElseThrow();
    assertThat(last.path("rejected").asInt()).isEqualTo(1);
    assertThat(last.path("state").asString()).isEqualTo("kept");
    assertThat(Files.readString(directory.resolve("rejects.jsonl")).lines())
        .singleElement()
        .asString()
        .contains("\"emplid\":\"" + publication.broken() + "\"");
  }

  private static void endsAs(Publication publication, SurvivalHome home, LoadedByCommand command)
      throws IOException, InterruptedException {
    Tables tables = home.tables();
    tables.awaitIdle(Duration.ofMinutes(1));
    Map<String, Truth> exported = new TreeMap<>();
    List<JsonNode> lines = command.export();
    for (JsonNode line : lines) {
      assertThat(line.path("login")).isEqualTo(line.path("emplid"));
      exported.put(
          line.path("emplid").asString(),
          new Truth(
              line.path("last_name").asString(),
              line.path("email").asString(),
              line.path("affiliations")
                  .valueStream()
                  .anyMatch(one -> one.path("enabled").asBoolean())));
    }
    assertThat(lines).as("somebody twice").hasSameSizeAs(exported.keySet());
    assertThat(exported).isEqualTo(publication.truth());
    assertThat(tables.count("select count(*) from identity")).isEqualTo(exported.size());
    assertThat(tables.count("select count(*) from link")).isEqualTo(exported.size());
    assertThat(
            tables.texts("select id || ' ' || status from event where status in ('ERR', 'SUSP')"))
        .isEmpty();
    assertThat(
            tables.texts(
                """
                select a.subject || ' was created ' || count(*) || ' times'
                from audit a, json_array_elements(a.entry -> 'changes') c
                where a.kind = 'outcome' and c ->> 'change' = 'Create'
                group by a.subject having count(*) > 1
                """))
        .isEmpty();
  }

  /** Whom the second publication changed or created, and whom it found as they were. */
  private static void everyImageIsKnownForWhatItWas(Tables tables, Difference wanted) {
    OffsetDateTime second = OffsetDateTime.ofInstant(SECOND, ZoneOffset.UTC);
    String images =
        "select count(*) from campus_image where as_of = ? and message_id %s"
            + " (select id from campus_load where as_of = ?)";
    assertThat(tables.count(images.formatted("in"), second, second))
        .as("changed and created")
        .isEqualTo(wanted.changed() + wanted.created());
    assertThat(tables.count(images.formatted("not in"), second, second))
        .as("unchanged")
        .isEqualTo(wanted.unchanged());
  }
}
