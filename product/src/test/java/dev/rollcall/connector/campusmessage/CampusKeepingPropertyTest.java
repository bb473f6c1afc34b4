package dev.rollcall.connector.campusmessage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.Database;
import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Swept;
import dev.rollcall.spi.Inbox.Stored;
import dev.rollcall.spi.Sweep;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever messages came, and whatever part of them housekeeping removed: what is known of people
 * is the same, and none of the messages is new when it comes again.
 */
class CampusKeepingPropertyTest {

  private static final Instant START = Instant.parse("2024-03-01T10:00:00Z");
  private static final Instant LATER = START.plus(Duration.ofDays(1_000));

  /**
   * A message.
   *
   * @param mail its content
   * @param dated the day the sender names; negative when it names none
   * @param identified whether it has a TransactionID
   */
  record Sent(int person, int mail, int dated, boolean identified) {

    SubjectKey subject() {
      return new SubjectKey("campus", "000000000" + person);
    }

    String xml() {
      return Sync.about(subject().id(), "C", Sync.mail("C", "CAMP", "m" + mail + "@x"));
    }

    Map<String, String> headers(int place) {
      Map<String, String> headers = new HashMap<>(Sync.headers());
      if (dated >= 0) {
        headers.put("OrigTimeStamp", START.plus(Duration.ofDays(dated)).toString());
      }
      if (identified) {
        headers.put("TransactionID", "T" + place);
      }
      return headers;
    }

    /** What is neither dated nor identified is told by being the last one alone. */
    boolean canBeTold() {
      return dated >= 0 || identified;
    }
  }

  @Provide
  Arbitrary<List<Sent>> sent() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(-2, 12),
            Arbitraries.of(true, true, false))
        .as(Sent::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Property(tries = 60)
  void whatIsKnownStaysAndNothingIsNewAgain(
      @ForAll("sent") List<Sent> sent,
      @ForAll @IntRange(min = 0, max = 26) int old,
      @ForAll @IntRange(min = 1, max = 5) int piece) {
    Database database = SharedDatabase.emptied();
    Campus campus = new Campus(database);
    for (int place = 0; place < sent.size(); place++) {
      Instant arrived = START.plus(Duration.ofDays(place));
      campus.take(sent.get(place).xml(), sent.get(place).headers(place), arrived);
    }
    SubjectKey[] people = sent.stream().map(Sent::subject).distinct().toArray(SubjectKey[]::new);
    Map<SubjectKey, Facts> known = campus.fetch(people);
    Instant before = START.plus(Duration.ofDays(old));
    long rows = campus.messages("1").size();

    Map<String, Swept> looked = sweep(database, before, false, piece);
    assertThat(campus.messages("1")).hasSize((int) rows);
    assertThat(campus.messages("raw is null")).doesNotContain("t");
    assertThat(sweep(database, before, true, piece)).isEqualTo(looked);
    assertThat(campus.messages("1"))
        .hasSize((int) (rows - looked.getOrDefault("messageRows", Swept.NOTHING).gone()));
    assertThat(campus.messages("(raw is null) = (arrived_at < '" + before + "')"))
        .doesNotContain("f");

    assertThat(campus.fetch(people)).isEqualTo(known);
    List<Stored> again = new ArrayList<>();
    for (int place = 0; place < sent.size(); place++) {
      if (sent.get(place).canBeTold()) {
        again.add(campus.take(sent.get(place).xml(), sent.get(place).headers(place), LATER));
      }
    }
    assertThat(again).doesNotHaveAnyElementsOfTypes(Stored.New.class);
    assertThat(campus.fetch(people)).isEqualTo(known);
  }

  private static Map<String, Swept> sweep(
      Database database, Instant before, boolean remove, int piece) {
    Map<String, Swept> swept = new HashMap<>();
    for (Sweep sweep : new CampusKeeping(database.jdbc(), piece).sweeps(before, before, remove)) {
      for (Optional<Swept> one = sweep.next().get(); one.isPresent(); one = sweep.next().get()) {
        swept.merge(sweep.kind(), one.get(), Swept::and);
      }
    }
    return swept;
  }
}
