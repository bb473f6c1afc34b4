package dev.rollcall.connector.okta.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget.Kind;
import dev.rollcall.spi.BulkTarget.Packed;
import dev.rollcall.spi.BulkTarget.Parcel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.json.JsonMapper;

/** Whoever is given, however large: what Okta takes is kept, and nobody is lost or doubled. */
class PackingPropertyTest {

  private static final int ENVELOPE = "{\"entityType\":\"USERS\",\"profiles\":[]}".length();

  /**
   * What is drawn of a person.
   *
   * @param piece what a long value is made of; its UTF-8 has one to four bytes, or it is escaped
   */
  record Drawn(boolean leaves, boolean broken, String piece, int length) {}

  @Provide
  Arbitrary<List<Drawn>> people() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
            Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)),
            Arbitraries.of("a", "é", "\"", "\\", "漢", "😀", "\u0001", "\n"),
            Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 300)),
                Tuple.of(3, Arbitraries.integers().between(10_000, 70_000)),
                Tuple.of(1, Arbitraries.integers().between(60_000, 210_000))))
        .as(Drawn::new)
        .list()
        .ofMaxSize(40);
  }

  private static List<Application> applications(List<Drawn> people) {
    List<Application> applications = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      Drawn drawn = people.get(i);
      String id = "P" + i;
      applications.add(
          drawn.leaves()
              ? People.leaver(id)
              : People.joiner(
                  id,
                  "middleName",
                  drawn.piece().repeat(drawn.length()),
                  "email",
                  drawn.broken() ? "nobody" : id + "@univ.edu"));
    }
    return applications;
  }

  private static IdentitySourceSettings settings(int requests, int people) {
    IdentitySourceSettings usual = Desk.settings(URI.create("https://example.okta.com"));
    return new IdentitySourceSettings(
        usual.tenant(), usual.sourceId(), usual.attributes(), requests, people, 20);
  }

  @Property(tries = 300)
  void everybodyIsGivenOrRefusedOrLeftOnceAndWithinWhatOktaTakes(
      @ForAll("people") List<Drawn> people,
      @ForAll @IntRange(min = 1, max = 6) int mostRequests,
      @ForAll @IntRange(min = 1, max = 9) int mostPeople) {
    List<Application> applications = applications(people);
    Packed packed = new Packing(settings(mostRequests, mostPeople)).pack(applications);

    assertThat(packed.parcels()).hasSizeLessThanOrEqualTo(mostRequests);
    boolean deletions = false;
    for (Parcel parcel : packed.parcels()) {
      assertThat(deletions && parcel.kind() == Kind.UPSERT).as("deletions come last").isFalse();
      deletions |= parcel.kind() == Kind.DELETE;
      assertThat(bytes(parcel.body())).isLessThanOrEqualTo(200_000);
      assertThat(parcel.accountIds()).hasSizeBetween(1, mostPeople);
      assertThat(People.ids(parcel)).isEqualTo(parcel.accountIds());
    }
    everybodyOnce(applications, packed);
    for (Kind kind : Kind.values()) {
      inOrderAndAsFewAsMayBe(applications, packed, kind, mostRequests, mostPeople);
    }
  }

  private static void everybodyOnce(List<Application> applications, Packed packed) {
    List<SubjectKey> told = new ArrayList<>(packed.accountIds().keySet());
    told.addAll(packed.refused().keySet());
    told.addAll(packed.left());
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            applications.stream().map(Application::subject).toList());
    List<String> given =
        packed.parcels().stream().flatMap(parcel -> parcel.accountIds().stream()).toList();
    assertThat(given)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(packed.accountIds().values());
  }

  private static void inOrderAndAsFewAsMayBe(
      List<Application> applications, Packed packed, Kind kind, int mostRequests, int mostPeople) {
    List<Parcel> parcels = People.of(packed.parcels(), kind);
    List<String> given = parcels.stream().flatMap(parcel -> parcel.accountIds().stream()).toList();
    List<String> asked =
        applications.stream()
            .filter(one -> kindOf(one) == kind && !packed.refused().containsKey(one.subject()))
            .map(one -> one.subject().id())
            .toList();
    // Who is left are the last of their kind.
    assertThat(asked.subList(0, given.size())).isEqualTo(given);
    Set<SubjectKey> left = new HashSet<>(packed.left());
    assertThat(asked.subList(given.size(), asked.size()))
        .allMatch(id -> left.contains(People.subject(id)));
    // No request takes whoever begins the next one, nor the last one whoever is left first.
    for (int i = 1; i < parcels.size(); i++) {
      assertThat(hasRoom(parcels.get(i - 1), item(parcels.get(i)), mostPeople)).isFalse();
    }
    if (given.size() < asked.size()) {
      assertThat(packed.parcels()).hasSize(mostRequests);
      if (!parcels.isEmpty()) {
        Application first =
            applications.stream()
                .filter(one -> one.subject().id().equals(asked.get(given.size())))
                .findFirst()
                .orElseThrow();
        Parcel alone = new Packing(settings(1, 1)).pack(List.of(first)).parcels().getFirst();
        assertThat(hasRoom(parcels.getLast(), item(alone), mostPeople)).isFalse();
      }
    }
  }

  private static Kind kindOf(Application application) {
    return application.found() == null ? Kind.UPSERT : Kind.DELETE;
  }

  private static String item(Parcel parcel) {
    return JsonMapper.shared().writeValueAsString(People.items(parcel).getFirst());
  }

  private static boolean hasRoom(Parcel parcel, String item, int mostPeople) {
    return parcel.accountIds().size() < mostPeople
        && bytes(parcel.body()) + 1 + bytes(item) <= 200_000;
  }

  @Property(tries = 60)
  void aProfileOfExactlyWhatOktaTakesIsGivenAndOneByteMoreIsRefused(
      @ForAll @IntRange(min = 0, max = 20_000) int wide,
      @ForAll @IntRange(min = 0, max = 9) int q) {
    String begin = "漢".repeat(wide) + "\"".repeat(q);
    Parcel small =
        new Packing(settings(1, 1))
            .pack(List.of(People.joiner("P1", "middleName", begin + "x")))
            .parcels()
            .getFirst();
    int room = 200_000 - bytes(small.body());
    Application exact = People.joiner("P1", "middleName", begin + "x" + "y".repeat(room));
    Packed taken = new Packing(settings(1, 1)).pack(List.of(exact));
    assertThat(bytes(taken.parcels().getFirst().body())).isEqualTo(200_000);
    assertThat(bytes(taken.parcels().getFirst().body()))
        .isEqualTo(ENVELOPE + bytes(item(taken.parcels().getFirst())));
    Application large = People.joiner("P1", "middleName", begin + "x" + "y".repeat(room + 1));
    Packed refused = new Packing(settings(1, 1)).pack(List.of(large));
    assertThat(refused.parcels()).isEmpty();
    assertThat(refused.refused().values()).allMatch(why -> why.contains("bytes")).hasSize(1);
  }

  @Property(tries = 60)
  void aRequestIsFilledToTheLastByteAndNotOneMore(
      @ForAll @IntRange(min = 1, max = 150_000) int first) {
    Application one = People.joiner("P1", "middleName", "a".repeat(first));
    Packed small =
        new Packing(settings(2, 2)).pack(List.of(one, People.joiner("P2", "middleName", "b")));
    int room = 200_000 - bytes(small.parcels().getFirst().body());
    Packed full =
        new Packing(settings(2, 2))
            .pack(List.of(one, People.joiner("P2", "middleName", "b".repeat(1 + room))));
    assertThat(full.parcels()).hasSize(1);
    assertThat(bytes(full.parcels().getFirst().body())).isEqualTo(200_000);
    Packed over =
        new Packing(settings(2, 2))
            .pack(List.of(one, People.joiner("P2", "middleName", "b".repeat(2 + room))));
    assertThat(over.parcels()).hasSize(2);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
