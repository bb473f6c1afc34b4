package dev.rollcall.connector.okta.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.db.Database;
import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Swept;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget.Parcel;
import dev.rollcall.spi.Sweep;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of what was accepted, and read as accounts. */
class AcceptedProfilesTest {

  private static final String NAME = "example.okta.com/" + Desk.ID;

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-05-13T06:00:00Z"));
  private final AcceptedProfiles accepted = new AcceptedProfiles(database.jdbc(), clock, NAME);

  private static Parcel parcel(Application... applications) {
    return new Packing(Desk.settings(URI.create("https://example.okta.com")))
        .pack(List.of(applications))
        .parcels()
        .getFirst();
  }

  private Account read(String id) {
    return Objects.requireNonNull(accepted.read(List.of(id)).get(id));
  }

  @Test
  void whatWasAcceptedIsReadByTheExternalIdWithoutWhatIsEmpty() {
    accepted.accept(
        parcel(People.joiner("1001", "middleName", "B"), People.joiner("1002")), Set.of());
    Account ann = read("1001");
    assertThat(ann.id()).isEqualTo("1001");
    assertThat(ann.status()).isEqualTo(Account.Status.ENABLED);
    assertThat(ann.attributes())
        .isEqualTo(
            People.attributes(
                "userName",
                "1001@univ.edu",
                "email",
                "1001@univ.edu",
                "firstName",
                "Ann",
                "lastName",
                "Lee",
                "middleName",
                "B"));
    assertThat(read("1002").attributes()).doesNotContainKey("middleName");
    accepted.accept(parcel(People.joiner("1001", "middleName", "")), Set.of());
    assertThat(read("1001").attributes()).doesNotContainKey("middleName");
    assertThat(accepted.read(List.of("9999"))).isEmpty();
  }

  @Test
  void whoseRequestWasAcceptedAndWhoFailedIsNotKept() {
    accepted.accept(People.upsert("1001", "1002"), Set.of("1002"));
    assertThat(accepted.read(List.of("1001", "1002"))).containsOnlyKeys("1001");
    accepted.accept(People.delete("1001"), Set.of("1001"));
    assertThat(read("1001").status()).isEqualTo(Account.Status.ENABLED);
  }

  @Test
  void whoWasDeletedIsThereAndDisabledUntilComingBack() {
    accepted.accept(People.upsert("1001"), Set.of());
    accepted.accept(People.delete("1001", "7777"), Set.of());
    assertThat(read("1001").status()).isEqualTo(Account.Status.DISABLED);
    assertThat(read("1001").attributes()).containsKey("firstName");
    assertThat(accepted.read(List.of("7777"))).isEmpty();
    accepted.accept(People.upsert("1001"), Set.of());
    assertThat(read("1001").status()).isEqualTo(Account.Status.ENABLED);
  }

  @Test
  void loginsAreSearchedAsOktaComparesThemAndOtherValuesAsTheyAre() {
    accepted.accept(
        parcel(
            People.joiner("1001", "userName", "José@univ.edu", "personNumber", "N1"),
            People.joiner("1002", "personNumber", "n1")),
        Set.of());
    SubjectKey jose = People.subject("1");
    SubjectKey number = People.subject("2");
    SubjectKey both = People.subject("3");
    Map<SubjectKey, List<Account>> found =
        accepted.search(
            Map.of(
                jose,
                Map.of("userName", "JOSE@univ.edu"),
                number,
                Map.of("personNumber", "N1"),
                both,
                Map.of("userName", "1002@univ.edu", "personNumber", "N1"),
                People.subject("4"),
                Map.of("userName", "nobody@univ.edu")));
    assertThat(found).containsOnlyKeys(jose, number, both);
    assertThat(found.get(jose)).extracting(Account::id).containsExactly("1001");
    assertThat(found.get(number)).extracting(Account::id).containsExactly("1001");
    assertThat(found.get(both)).extracting(Account::id).containsExactlyInAnyOrder("1001", "1002");
  }

  @Test
  void anotherIdentitySourceHasAccountsOfItsOwn() {
    accepted.accept(People.upsert("1001"), Set.of());
    AcceptedProfiles other =
        new AcceptedProfiles(database.jdbc(), clock, "example.okta.com/0oaother");
    assertThat(other.read(List.of("1001"))).isEmpty();
    assertThat(other.search(Map.of(People.subject("1"), Map.of("userName", "1001@univ.edu"))))
        .isEmpty();
    assertThat(other.ours(List.of("1001@univ.edu"))).isEmpty();
    other.accept(People.delete("1001"), Set.of());
    assertThat(read("1001").status()).isEqualTo(Account.Status.ENABLED);
  }

  @Test
  void whatIsAcceptedGoesWithTheCallersTransaction() {
    assertThatThrownBy(() ->
            database.inTransaction(
                (Runnable)
                    () -> {
                      accepted.accept(People.upsert("1001"), Set.of());
                      throw new IllegalStateException("the settlement failed");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(accepted.read(List.of("1001"))).isEmpty();
  }

  @Test
  void nothingIsAppliedToOneAccount() {
    assertThatThrownBy(() -> accepted.apply(List.of(People.joiner("1001"))))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aLoginThatASessionWasGivenIsOursUntilItIsKnownWhatBecameOfIt() {
    accepted.given("aps1", People.upsert("1001", "1002"));
    accepted.given("aps1", People.upsert("1001"));
    accepted.given("aps1", People.delete("1003"));
    assertThat(accepted.ours(List.of("1001@univ.edu", "1002@univ.edu", "1003@univ.edu")))
        .containsExactlyInAnyOrder("1001@univ.edu", "1002@univ.edu");
    accepted.accept(People.upsert("1001", "1002"), Set.of("1002"));
    assertThat(accepted.ours(List.of("1001@univ.edu", "1002@univ.edu")))
        .containsExactly("1001@univ.edu");
    accepted.given("aps2", People.upsert("1004"));
    accepted.dropped("aps2");
    assertThat(accepted.ours(List.of("1004@univ.edu"))).isEmpty();
  }

  @Test
  void whatIsSaidOfADeletedAccountIsErasedAndOfOneInForceIsNot() {
    accepted.accept(People.upsert("1001", "1002"), Set.of());
    accepted.accept(People.delete("1001"), Set.of());
    AcceptedErasing erasing = new AcceptedErasing(database.jdbc(), NAME, "hcm");
    assertThat(erasing.erase(People.subject("1001"))).isEqualTo(1);
    assertThat(erasing.erase(People.subject("1001"))).isZero();
    assertThat(erasing.erase(People.subject("1002"))).isZero();
    assertThat(erasing.erase(new SubjectKey("campus", "1001"))).isZero();
    assertThat(read("1001")).isEqualTo(People.account("1001", Account.Status.DISABLED, Map.of()));
    assertThat(read("1002").attributes()).isNotEmpty();
    assertThat(accepted.ours(List.of("1001@univ.edu"))).isEmpty();
  }

  @Test
  void theProfilesOfThoseDeletedLongAgoAreLetGoOfPieceByPiece() {
    accepted.accept(People.upsert("1", "2", "3", "4"), Set.of());
    accepted.accept(People.delete("1", "2", "3"), Set.of());
    Instant before = clock.instant().plus(Duration.ofDays(1));
    clock.set(before);
    accepted.accept(People.delete("4"), Set.of());
    assertThat(swept(before, false)).isEqualTo(3);
    assertThat(read("1").attributes()).isNotEmpty();
    assertThat(swept(before, true)).isEqualTo(3);
    assertThat(swept(before, true)).isZero();
    assertThat(read("1").attributes()).isEmpty();
    assertThat(read("4").attributes()).isNotEmpty();
  }

  private long swept(Instant before, boolean remove) {
    Sweep sweep = new AcceptedKeeping(database.jdbc(), 2).sweeps(before, before, remove).getFirst();
    long gone = 0;
    while (true) {
      Optional<Swept> piece = sweep.next().get();
      if (piece.isEmpty()) {
        return gone;
      }
      gone += piece.get().gone();
    }
  }
}
