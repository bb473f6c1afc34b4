package dev.rollcall.connector.okta.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.okta.Notes;
import dev.rollcall.connector.okta.OktaAuth;
import dev.rollcall.connector.okta.OktaSettings;
import dev.rollcall.db.Database;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.Account;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget;
import dev.rollcall.spi.BulkTarget.Packed;
import dev.rollcall.spi.BulkTarget.Parcel;
import dev.rollcall.spi.BulkTarget.Session;
import dev.rollcall.spi.BulkTarget.State;
import dev.rollcall.spi.BulkTarget.Verdicts;
import dev.rollcall.spi.TooSoon;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People through whole sessions, before a server that works as Okta's identity sources do. */
class IdentitySourceTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-05-13T05:52:00Z"));
  private final FakeIdentitySource okta = new FakeIdentitySource(clock);
  private final Database database = SharedDatabase.emptied();
  private final HttpSender sender = new HttpSender(Duration.ofSeconds(20));
  private final Notes notes = new Notes();
  private final BulkTarget source =
      new IdentitySource(Desk.settings(okta.url()), sender, database.jdbc(), clock);

  @AfterEach
  void close() throws IOException {
    okta.close();
    sender.close();
  }

  /** As the engine does it, without a fault. */
  private Verdicts session(List<Application> applications) {
    Packed packed = source.pack(applications);
    Session session = source.begin(notes);
    packed.parcels().forEach(parcel -> source.give(notes, session.id(), parcel));
    Instant started = source.start(notes, session.id()).changed();
    okta.work();
    assertThat(source.look(notes, session.id()))
        .extracting(Session::state)
        .isEqualTo(State.COMPLETED);
    List<String> ids =
        packed.parcels().stream().flatMap(parcel -> parcel.accountIds().stream()).toList();
    Verdicts verdicts = source.verdicts(notes, session.id(), started, ids);
    for (Parcel parcel : packed.parcels()) {
      source.accept(parcel, verdicts.failed().keySet());
    }
    return verdicts;
  }

  @Test
  void peopleAreGivenAndWhoFailedIsToldThoughOktaNamesOnlyTheLogin() {
    List<Application> people = new ArrayList<>();
    IntStream.range(0, 450).forEach(i -> people.add(People.joiner("P" + i, "middleName", "M")));
    okta.refused.add("P7@univ.edu");
    Verdicts verdicts = session(people);
    assertThat(verdicts.failed()).containsOnlyKeys("P7");
    assertThat(verdicts.failed().get("P7")).contains("Username is taken");
    assertThat(okta.users).hasSize(449);
    assertThat(source.accepted().read(List.of("P6", "P7"))).containsOnlyKeys("P6");
  }

  @Test
  void aValueThatIsClearedIsClearedThereAndALeaverIsGone() {
    session(List.of(People.joiner("P1", "middleName", "M"), People.joiner("P2")));
    clock.advance(Duration.ofMinutes(5));
    Account before = Objects.requireNonNull(source.accepted().read(List.of("P1")).get("P1"));
    Application cleared =
        new Application(
            People.subject("P1"),
            before,
            People.joiner("P1", "middleName", "").wanted(),
            List.of());
    session(List.of(cleared, People.leaver("P2")));
    assertThat(okta.users).containsOnlyKeys("P1");
    assertThat(okta.users.get("P1")).doesNotContainKey("middleName").containsKey("firstName");
    assertThat(source.accepted().read(List.of("P2")).values())
        .extracting(Account::status)
        .containsExactly(Account.Status.DISABLED);
  }

  @Test
  void theNextSessionIsTooSoonForFiveMinutes() {
    session(List.of(People.joiner("P1")));
    assertThatThrownBy(() -> source.begin(notes)).isInstanceOf(TooSoon.class);
    clock.advance(Duration.ofMinutes(5));
    assertThat(source.begin(notes).state()).isEqualTo(State.CREATED);
  }

  @Test
  void aSessionThatWasLeftLyingIsFoundAndGivenUp() {
    Session stranded = source.begin(notes);
    assertThatThrownBy(() -> source.begin(notes)).isInstanceOf(TooSoon.class);
    assertThat(source.open(notes)).containsExactly(stranded);
    source.cancel(notes, stranded.id());
    source.cancel(notes, stranded.id());
    assertThat(source.open(notes)).isEmpty();
    assertThat(session(List.of(People.joiner("P1"))).failed()).isEmpty();
  }

  @Test
  void tenThousandPeopleFitIntoOneSessionAndTheNextIsLeft() {
    List<Application> people = new ArrayList<>();
    IntStream.range(0, 10_001).forEach(i -> people.add(People.joiner("P" + i)));
    assertThat(source.pack(people).left()).containsExactly(People.subject("P10000"));
    session(people);
    assertThat(okta.users).hasSize(10_000);
  }

  @Test
  void aSessionOfDeletionsThatMeanNothingToOktaIsNotStartedAndCanBeGivenUp() {
    Session session = source.begin(notes);
    source.give(notes, session.id(), People.delete("P9"));
    assertThatThrownBy(() -> source.start(notes, session.id()))
        .hasMessageContaining("deletions of people it does not know");
    source.cancel(notes, session.id());
    assertThat(source.look(notes, session.id())).extracting(Session::state).isEqualTo(State.CLOSED);
  }

  @Test
  void tooManyDeletionsAreObjectedToBeforeOktaStopsAllImports() {
    assertThat(source.objection(20, 100)).isNull();
    assertThat(source.objection(21, 100)).contains("21 of 100", "more than 20 %");
    // Okta looks only where there are at least a hundred.
    assertThat(source.objection(99, 99)).isNull();
    assertThat(source.objection(400_000, 1_000_000)).isNotNull();
    IdentitySourceSettings usual = Desk.settings(okta.url());
    BulkTarget off =
        new IdentitySource(
            new IdentitySourceSettings(
                usual.tenant(), usual.sourceId(), usual.attributes(), 50, 200, 100),
            sender,
            database.jdbc(),
            clock);
    assertThat(off.objection(1_000, 1_000)).isNull();
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    OktaSettings tenant =
        OktaSettings.forSessions(
            URI.create("https://Example.okta.com"),
            new OktaAuth.ApiToken("t"),
            true,
            Duration.ofSeconds(30));
    assertThat(IdentitySourceSettings.of(tenant, Desk.ID, List.of()).name())
        .isEqualTo("example.okta.com/" + Desk.ID);
    for (int[] numbers : new int[][] {{0, 200, 20}, {51, 200, 20}, {50, 201, 20}, {50, 200, 0}}) {
      assertThatThrownBy(() ->
              new IdentitySourceSettings(
                  tenant, Desk.ID, List.of(), numbers[0], numbers[1], numbers[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not 1 to");
    }
    assertThatThrownBy(() -> IdentitySourceSettings.of(tenant, "my app", List.of()))
        .hasMessageContaining("my app");
    assertThatThrownBy(() -> IdentitySourceSettings.of(tenant, Desk.ID, List.of("a", "a")))
        .hasMessageContaining("twice");
  }
}
