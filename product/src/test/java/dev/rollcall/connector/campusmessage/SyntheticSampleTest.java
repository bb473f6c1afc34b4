package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Sync.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.RefusedDelivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sample messages that lie beside the repository, where they do. */
class SyntheticSampleTest {
  private static final String FOLDER = "samples/peoplesoft/synthetic/";

  private static Delivery sample(String name) throws IOException {
    Optional<Path> file = shared().map(shared -> shared.resolve(FOLDER + name));
    assumeTrue(
        file.filter(Files::exists).isPresent(),
        "no shared/" + FOLDER + name + " above this folder");
    return new Delivery(Map.of(), Files.readAllBytes(file.orElseThrow()), Sync.NOON);
  }

  private static Optional<Path> shared() {
    String property = System.getProperty("rollcall.shared");
    if (property != null) {
      return Optional.of(Path.of(property));
    }
    return Stream.<Path>iterate(
            Path.of("").toAbsolutePath(), Objects::nonNull, path -> parent(path))
        .map(folder -> folder.resolve("shared"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  @SuppressWarnings("NullAway") // the end of the walk
  private static Path parent(Path path) {
    return path.getParent();
  }

  private static RecordFacts facts(Map<String, RecordFacts> facts, String record) {
    return Objects.requireNonNull(facts.get(record), record);
  }

  @Test
  void theSyncSampleSaysWhatItsCommentsSay() throws IOException {
    CampusMessage message = Readers.read(sample("SCC_CONSTITUENT_SYNC.synthetic.xml"));
    assertThat(message.subject().id()).isEqualTo("0000012345");
    assertThat(message.action()).isEqualTo(RootAction.CHANGE);

    Map<String, RecordFacts> facts = new Merge(1, false).merge(Map.of(), message.rows());
    assertThat(facts)
        .containsOnlyKeys(
            "SCC_CM_PERSON_I",
            "PERSON_SA",
            "SCC_PER_NAME_I",
            "SCC_PER_EMAIL_I",
            "SCC_PER_PHONE_I",
            "SCC_AFL_PERSON");
    // Two names came unchanged, so the names came whole; of the rest only changed rows came.
    RecordFacts names = facts(facts, "SCC_PER_NAME_I");
    assertThat(names.complete()).isTrue();
    assertThat(names.rows())
        .extracting(row -> List.of(field(row, "NAME_TYPE"), field(row, "EFFDT")))
        .containsExactly(
            List.of("PRF", "2015-01-01"),
            List.of("PRI", "2013-08-20"),
            List.of("PRI", "2024-02-01"),
            List.of("PRI", "2099-01-01"));
    assertThat(facts.values()).filteredOn(RecordFacts::complete).hasSize(1);
    assertThat(facts(facts, "SCC_AFL_PERSON").rows())
        .extracting(row -> field(row, "SCC_AFL_CODE"))
        .containsExactly("STUDENT", "EMPLOYEE");
    assertThat(facts(facts, "PERSON_SA").rows())
        .containsExactly(
            new Row(fields("EMPLID", "0000012345", "CAMPUS_ID", "C0012345"), 1, false));
  }

  private static String field(Row row, String name) {
    return String.valueOf(Objects.requireNonNull(row.fields().get(name), name).textOrNull());
  }

  @Test
  void theFullSampleIsAnotherMessage() throws IOException {
    Delivery sample = sample("SCC_CONSTITUENT_FULLSYNC.synthetic.xml");
    RefusedDelivery refusal =
        catchThrowableOfType(RefusedDelivery.class, () -> Readers.read(sample));
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).isEqualTo(RefusedDelivery.Kind.UNKNOWN_MESSAGE);
  }
}
