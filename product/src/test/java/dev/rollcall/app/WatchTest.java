package dev.rollcall.app;

import static dev.rollcall.app.FullSync.file;
import static dev.rollcall.app.FullSync.person;
import static dev.rollcall.app.FullSync.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.rollcall.intake.DirectoryWatch;
import dev.rollcall.intake.DirectoryWatch.KeptFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watched directory through the real engine. */
class WatchTest {

  private static final Instant MORNING = Instant.parse("2026-11-20T08:00:00Z");
  private static final Duration SETTLE = Duration.ofSeconds(10);

  @TempDir private Path home;
  private Path incoming = Path.of("");
  private Path archive = Path.of("");
  private WholePath path = new WholePath();

  @BeforeEach
  void start() throws IOException {
    path.close();
    incoming = Files.createDirectory(home.resolve("incoming"));
    archive = Files.createDirectory(home.resolve("archive"));
    path =
        new WholePath(
            WholePath.YAML
                + """
                watch:
                  directory: %s
                  archive: %s
                  every: 1m
                  settle: 10s
                """
                    .formatted(incoming, archive)
                    .indent(4));
  }

  @AfterEach
  void stop() {
    path.close();
  }

  private DirectoryWatch watch() {
    return path.parts.watches().getFirst();
  }

  private String look() {
    return watch().look(() -> false);
  }

  /** So late that what was seen at the last look is ready. */
  private String lookLater() {
    path.clock.advance(SETTLE);
    return look();
  }

  private Path put(String name, String text, Instant modified) throws IOException {
    Path file = Files.writeString(incoming.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(modified));
    return file;
  }

  private Path put(String name, String text) throws IOException {
    return put(name, text, MORNING);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Every time a file was begun to be loaded, in order. */
  private List<String> loads() {
    return path.database
        .jdbc()
        .sql(
            "select file || ' ' || to_char(as_of at time zone 'UTC', 'HH24:MI') from campus_load order by id")
        .query((row, number) -> String.valueOf(row.getString(1)))
        .list();
  }

  @Test
  void aFileIsTakenInWhenItHasLookedTheSameForAWhile() throws IOException {
    put("a.xml", file(person("001", "A", "a@x", "STUDENT")));
    assertThat(look()).isEqualTo("files: 1 waiting");
    path.clock.advance(Duration.ofSeconds(9));
    assertThat(look()).isEqualTo("files: 1 waiting");
    assertThat(loads()).isEmpty();
    path.clock.advance(Duration.ofSeconds(1));
    assertThat(look()).isEqualTo("files: 1 archived");
    path.settle();
    assertThat(path.value("001", "last_name")).isEqualTo("A");
    assertThat(names(incoming)).isEmpty();
    assertThat(names(archive)).containsExactly("a.xml");
    assertThat(loads()).containsExactly("a.xml 08:00");
    assertThat(look()).isEqualTo("no files");
    assertThat(watch().standing())
        .isEqualTo(new DirectoryWatch.Standing(path.clock.instant(), null, List.of()));
  }

  @Test
  void aFileThatIsStillWrittenIsLeftAlone() throws IOException {
    String whole = file(person("001", "A", "a@x"), person("002", "B", "b@x"));
    put("a.xml", whole.substring(0, 900));
    look();
    put("a.xml", whole.substring(0, 1200));
    assertThat(lookLater()).isEqualTo("files: 1 waiting");
    put("a.xml", whole);
    assertThat(lookLater()).isEqualTo("files: 1 waiting");
    put("a.xml", whole, MORNING.plusSeconds(1)); // the same size, another time
    assertThat(lookLater()).isEqualTo("files: 1 waiting");
    assertThat(loads()).isEmpty();
    assertThat(lookLater()).isEqualTo("files: 1 archived");
    path.settle();
    assertThat(path.value("002", "last_name")).isEqualTo("B");
  }

  @Test
  void filesAreTakenInTheOrderOfTheirNamesAndWhatWasToldLaterWins() throws IOException {
    put("b.xml", file(person("001", "Older", "b@x")), MORNING);
    put("a.xml", file(person("001", "Newer", "a@x")), MORNING.plusSeconds(60));
    put("c.xml", file(person("002", "C", "c@x")));
    look();
    assertThat(lookLater()).isEqualTo("files: 3 archived");
    path.settle();
    assertThat(loads()).containsExactly("a.xml 08:01", "b.xml 08:00", "c.xml 08:00");
    assertThat(path.value("001", "last_name")).isEqualTo("Newer");
  }

  @Test
  void headersAndTrailersAreSkippedAndOutOfTheWay() throws IOException {
    put("0.xml", file(sequence("H")));
    put("1.xml", file(person("001", "A", "a@x")));
    put("9.xml", file(sequence("T")));
    look();
    assertThat(lookLater()).isEqualTo("files: 1 archived, 2 skipped");
    assertThat(names(archive)).containsExactly("0.xml", "1.xml", "9.xml");
  }

  @Test
  void aFileWithABadTransactionIsKeptAndItsRestAndTheOthersAreTakenIn() throws IOException {
    String bad = person("002", "B", "b@x").replace("</LAST_NAME>", "</LAST>");
    put("a.xml", file(person("001", "A", "a@x"), bad));
    put("b.xml", file(person("003", "C", "c@x")));
    look();
    assertThat(lookLater()).isEqualTo("files: 1 archived, 1 kept");
    path.settle();
    assertThat(path.value("001", "last_name")).isEqualTo("A");
    assertThat(path.value("003", "last_name")).isEqualTo("C");
    assertThat(names(incoming)).containsExactly("a.xml", "a.xml.rejects.jsonl");
    assertThat(Files.readAllLines(incoming.resolve("a.xml.rejects.jsonl")))
        .singleElement()
        .asString()
        .startsWith(
            "{\"file\":\"a.xml\",\"line\":18,\"emplid\":\"002\",\"reason\":\"not well-formed");
    assertThat(watch().standing().kept())
        .extracting(KeptFile::file, KeptFile::since)
        .containsExactly(tuple("a.xml", path.clock.instant()));
    assertThat(watch().standing().kept().getFirst().reason())
        .startsWith("1 of 2 were not taken in; the first, at line 18: not well-formed");
  }

  @Test
  void whatIsKeptIsNotTriedAgainUntilItChanges() throws IOException {
    String bad = person("001", "A", "a@x").replace("</LAST_NAME>", "</LAST>");
    put("a.xml", file(bad));
    look();
    lookLater();
    for (int minute = 0; minute < 5; minute++) {
      assertThat(lookLater()).isEqualTo("files: 1 kept");
    }
    assertThat(loads()).hasSize(1);
    put("a.xml", file(person("001", "A", "a@x")));
    assertThat(lookLater()).isEqualTo("files: 1 waiting");
    assertThat(lookLater()).isEqualTo("files: 1 archived");
    assertThat(names(incoming)).as("what was rejected is no longer").isEmpty();
    assertThat(watch().standing().kept()).isEmpty();
  }

  @Test
  void whatIsKeptIsTriedOnceMoreAfterAStartAndAfterAReload() throws IOException {
    put("a.xml", "<SOMETHING_ELSE/>");
    look();
    assertThat(lookLater()).isEqualTo("files: 1 kept");
    assertThat(watch().standing().kept().getFirst().reason())
        .isEqualTo("this is a SOMETHING_ELSE, not a SCC_CONSTITUENT_FULLSYNC");
    Instant kept = path.clock.instant();
    DirectoryWatch started =
        Parts.assemble(path.database, path.settings, path.clock, "other").watches().getFirst();
    path.clock.advance(SETTLE);
    assertThat(started.look(() -> false)).isEqualTo("files: 1 kept");
    assertThat(started.standing().kept().getFirst().since()).isAfter(kept);
    Instant again = path.clock.instant();
    path.clock.advance(SETTLE);
    started.look(() -> false);
    look();
    assertThat(watch().standing().kept().getFirst().since()).isEqualTo(again);
    watch().tryKeptAgain();
    look();
    assertThat(watch().standing().kept().getFirst().since()).isAfter(again);
  }

  @Test
  void aFileThatWasCutOffIsKeptUntilTheWholeOneComes() throws IOException {
    String whole = file(person("001", "A", "a@x"), person("002", "B", "b@x"));
    put("a.xml", whole.substring(0, whole.indexOf("002") + 40));
    look();
    assertThat(lookLater()).isEqualTo("files: 1 kept");
    assertThat(watch().standing().kept().getFirst().reason()).contains("ends in the middle");
    put("a.xml", whole);
    look();
    assertThat(lookLater()).isEqualTo("files: 1 archived");
    path.settle();
    assertThat(path.value("001", "last_name")).isEqualTo("A");
    assertThat(path.value("002", "last_name")).isEqualTo("B");
  }

  @Test
  void theSameFileTwiceDoesNoHarmAndTheArchiveKeepsBoth() throws IOException {
    String text = file(person("001", "A", "a@x"));
    for (int time = 0; time < 2; time++) {
      put("a.xml", text);
      look();
      assertThat(lookLater()).isEqualTo("files: 1 archived");
      path.settle();
    }
    assertThat(names(archive)).containsExactly("a-2.xml", "a.xml");
    assertThat(path.events("001")).hasSize(1);
  }

  @Test
  void aDirectoryThatVanishesIsToldAndTakenUpAgainWhenItIsBack() throws IOException {
    Path away = home.resolve("away");
    Files.move(incoming, away);
    assertThatExceptionOfType(DirectoryWatch.Trouble.class)
        .isThrownBy(this::look)
        .withMessageContaining(incoming.toString());
    assertThat(watch().standing().trouble()).contains("there is no directory " + incoming);
    Files.createFile(incoming);
    assertThatExceptionOfType(DirectoryWatch.Trouble.class)
        .isThrownBy(this::look)
        .withMessageContaining("is no directory");
    Files.delete(incoming);
    Files.move(away, incoming);
    put("a.xml", file(person("001", "A", "a@x")));
    look();
    assertThat(watch().standing().trouble()).isNull();
    assertThat(lookLater()).isEqualTo("files: 1 archived");
  }

  @Test
  void aFileThatCannotBeMovedAwayIsNotLoadedAgainAndAgain() throws IOException {
    put("a.xml", file(person("001", "A", "a@x")));
    look();
    path.clock.advance(SETTLE);
    // The archive vanishes while the file is loaded: when its stream is asked for more.
    Path away = home.resolve("away");
    AtomicInteger asked = new AtomicInteger();
    assertThatExceptionOfType(DirectoryWatch.Trouble.class)
        .isThrownBy(() ->
            watch()
                .look(() -> {
                  if (asked.incrementAndGet() == 2) {
                    move(archive, away);
                  }
                  return false;
                }))
        .withMessageContaining("was taken in, but cannot be moved to " + archive);
    assertThat(names(incoming)).containsExactly("a.xml");
    assertThatExceptionOfType(DirectoryWatch.Trouble.class).isThrownBy(this::look);
    move(away, archive);
    assertThat(look()).isEqualTo("files: 1 archived");
    assertThat(loads()).hasSize(1);
    assertThat(names(archive)).containsExactly("a.xml");
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aLookThatIsStoppedInTheMiddleOfAFileIsRepeated() throws IOException {
    put("a.xml", file(person("001", "A", "a@x")));
    put("b.xml", file(person("002", "B", "b@x")));
    look();
    path.clock.advance(SETTLE);
    AtomicInteger asked = new AtomicInteger();
    assertThat(watch().look(() -> asked.incrementAndGet() > 1)).isEqualTo("no files");
    assertThat(names(incoming)).containsExactly("a.xml", "b.xml");
    assertThat(watch().standing().kept()).isEmpty();
    assertThat(look()).isEqualTo("files: 2 archived");
  }

  @Test
  void aFileThatIsWrittenWhileItIsLoadedIsLoadedAgain() throws IOException {
    put("a.xml", file(person("001", "A", "a@x")));
    look();
    path.clock.advance(SETTLE);
    AtomicInteger asked = new AtomicInteger();
    String fate =
        watch()
            .look(() -> {
              if (asked.incrementAndGet() == 2) {
                rewrite();
              }
              return false;
            });
    assertThat(fate).isEqualTo("files: 1 waiting");
    assertThat(lookLater()).isEqualTo("files: 1 archived");
    path.settle();
    assertThat(path.value("001", "last_name")).isEqualTo("B");
  }

  private void rewrite() {
    try {
      put("a.xml", file(person("001", "B", "b@x")), MORNING.plusSeconds(5));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aFileOfTomorrowIsTakenForOneOfNow() throws IOException {
    put("a.xml", file(person("001", "A", "a@x")), path.clock.instant().plus(Duration.ofDays(1)));
    look();
    assertThat(lookLater()).isEqualTo("files: 1 archived");
    path.settle();
    path.clock.advance(Duration.ofMinutes(1));
    path.send(CampusMessages.changed("001").email("C", "CAMP", "later@x"));
    path.settle();
    assertThat(path.value("001", "email")).isEqualTo("later@x");
    assertThat(loads()).containsExactly("a.xml 12:00");
  }

  @Test
  void oddFilesHarmNobody() throws IOException {
    put("empty.xml", "");
    put("epoch.xml", file(person("001", "A", "a@x")), Instant.parse("0001-01-01T00:00:00Z"));
    put("ünïcödé name.xml", file(person("002", "B", "b@x")));
    Files.createSymbolicLink(incoming.resolve("link.xml"), home.resolve("elsewhere.xml"));
    put(".hidden.xml", file(person("003", "C", "c@x")));
    put("copying.xml.part", file(person("003", "C", "c@x")));
    look();
    assertThat(lookLater()).isEqualTo("files: 2 archived, 1 kept");
    path.settle();
    assertThat(path.account("003")).isEmpty();
    assertThat(path.value("002", "last_name")).isEqualTo("B");
  }

  @Test
  void twoProcessesTakeAFileInOnce() throws IOException {
    Parts other = Parts.assemble(path.database, path.settings, path.clock, "other");
    try {
      path.parts.scheduler().start();
      other.scheduler().start();
      put("a.xml", file(person("001", "A", "a@x")));
      put("b.xml", file(person("002", "B", "b@x").replace("</LAST_NAME>", "</LAST>")));
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            path.clock.advance(Duration.ofMinutes(1));
            return names(archive).equals(List.of("a.xml"));
          });
      assertThat(loads()).filteredOn(load -> load.startsWith("a.xml")).hasSize(1);
      assertThat(path.parts.schedule().jobs())
          .filteredOn(job -> job.job().equals("watch campus"))
          .hasSize(1);
    } finally {
      other.scheduler().close();
    }
  }
}
