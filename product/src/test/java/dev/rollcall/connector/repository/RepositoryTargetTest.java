package dev.rollcall.connector.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.db.Database;
import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Origin;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.databind.json.JsonMapper;

/** What the repository makes of applications. */
class RepositoryTargetTest {

  private static final Origin ORIGIN = new Origin("FIELD~RECORD", "RECORD", "FIELD", null);
  private static final LocalDate START = LocalDate.of(2020, 9, 1);

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
  private final RepositoryTarget target =
      new RepositoryTarget(database.jdbc(), clock, new JsonMapper());

  private static SubjectKey subject(String id) {
    return new SubjectKey("campus", id);
  }

  private static Account wanted(Account.Status status) {
    return new Account(null, status, Map.of(), List.of());
  }

  private static Application create(String login, Change... more) {
    List<Change> changes =
        Stream.concat(Stream.of(new Change.Create(login, "new")), Stream.of(more)).toList();
    return new Application(subject(login), null, wanted(Account.Status.ENABLED), changes);
  }

  private static Application change(Account found, Change... changes) {
    return new Application(subject("x"), found, wanted(found.status()), List.of(changes));
  }

  private static Change set(String attribute, @Nullable String text) {
    Value after = text == null ? new Value.Cleared() : new Value.Text(text);
    return new Change.Update(attribute, null, after, ORIGIN, "because");
  }

  private static HeldAffiliation student(@Nullable LocalDate from, boolean enabled) {
    return new HeldAffiliation(new Affiliation("PSUNV", "STUDENT", "A", null, from, null), enabled);
  }

  private static Change put(HeldAffiliation after) {
    return new Change.PutAffiliation(null, after, "because");
  }

  private Account read(String id) {
    return target.read(List.of(id)).getOrDefault(id, wanted(Account.Status.DISABLED));
  }

  private Account created(String login, Change... more) {
    return read(target.apply(List.of(create(login, more))).getFirst());
  }

  @Test
  void accountsAreCreatedInOneStatementAndTheirIdsComeBackInOrder() {
    List<String> ids = target.apply(List.of(create("zoe", set("email", "z@x")), create("adam")));

    assertThat(ids.stream().map(id -> read(id).attributes().get("login")))
        .containsExactly(new Value.Text("zoe"), new Value.Text("adam"));
    assertThat(read(ids.getFirst()).attributes()).containsEntry("email", new Value.Text("z@x"));
    assertThat(read(ids.getFirst()).status()).isEqualTo(Account.Status.ENABLED);
  }

  @Test
  void whatIsClearedIsGoneAndWhatIsNotNamedStays() {
    Account found = created("kevin", set("email", "k@x"), set("phone", "1"));

    target.apply(List.of(change(found, set("email", null), set("first_name", "Kevin"))));

    assertThat(read(String.valueOf(found.id())).attributes())
        .isEqualTo(
            Map.of(
                "login", new Value.Text("kevin"),
                "phone", new Value.Text("1"),
                "first_name", new Value.Text("Kevin")));
  }

  @Test
  void whatAnotherChangedSinceTheAccountWasReadStays() {
    Account stale = created("kevin", set("email", "k@x"));
    target.apply(List.of(change(stale, set("phone", "1"))));

    target.apply(List.of(change(stale, set("email", "new@x"))));

    assertThat(read(String.valueOf(stale.id())).attributes())
        .containsEntry("phone", new Value.Text("1"))
        .containsEntry("email", new Value.Text("new@x"));
  }

  @Test
  void anAccountThatIsGoneIsNotChangedSilently() {
    Account gone = new Account("999", Account.Status.ENABLED, Map.of(), List.of());

    assertThatThrownBy(() -> target.apply(List.of(change(gone, set("email", "x")))))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            said -> assertThat(said.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  void aLoginThatIsTakenIsRefused() {
    created("kevin");

    assertThatThrownBy(() -> target.apply(List.of(create("kevin"))))
        .isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> target.apply(List.of(create("lisa"), create("lisa"))))
        .isInstanceOf(DuplicateKeyException.class);
  }

  @Test
  void anAffiliationWithoutAFirstDayIsOneAndTheSame() {
    Account found = created("kevin", put(student(null, true)));
    target.apply(List.of(change(found, put(student(null, false)))));

    assertThat(read(String.valueOf(found.id())).affiliations())
        .containsExactly(student(null, false));
  }

  @Test
  void theSameCodeYearsLaterIsAnotherAffiliation() {
    Account found = created("kevin", put(student(START, false)));
    target.apply(
        List.of(change(found, put(student(START.plusYears(6), true)), put(student(null, true)))));

    assertThat(read(String.valueOf(found.id())).affiliations()).hasSize(3);
  }

  @Test
  void ofTwoChangesToOneAffiliationTheLastCounts() {
    Account found = created("kevin", put(student(START, true)), put(student(START, false)));

    assertThat(found.affiliations()).containsExactly(student(START, false));
  }

  @Test
  void anIdentityIsOnlyTouchedWhenItChanges() {
    Account found = created("kevin");
    clock.advance(Duration.ofHours(1));
    target.apply(List.of(change(found)));
    target.apply(List.of(change(found, put(student(START, true)))));
    assertThat(changedLater()).isZero();

    target.apply(List.of(change(found, set("email", "k@x"))));
    assertThat(changedLater()).isEqualTo(1);
  }

  private long changedLater() {
    return database
        .jdbc()
        .sql("select count(*) from identity where changed_at > created_at")
        .query(Long.class)
        .single();
  }

  @Test
  void aDeactivatedAccountKeepsEverythingElse() {
    Account found = created("kevin", set("email", "k@x"));
    target.apply(
        List.of(
            new Application(
                subject("kevin"),
                found,
                wanted(Account.Status.DISABLED),
                List.of(new Change.Deactivate("left")))));

    Account after = read(String.valueOf(found.id()));
    assertThat(after.status()).isEqualTo(Account.Status.DISABLED);
    assertThat(after.attributes()).isEqualTo(found.attributes());
  }

  @Test
  void aSearchFindsWhatAgreesInAnythingThatIsAsked() {
    Account kevin = created("kevin", set("email", "k@x"));
    Account lisa = created("lisa", set("email", "l@x"));

    assertThat(
            target.search(
                Map.of(
                    subject("a"), Map.of("login", "kevin"),
                    subject("b"), Map.of("login", "kevin", "email", "k@x"),
                    subject("c"), new TreeMap<>(Map.of("login", "kevin", "email", "l@x")),
                    subject("d"), Map.of("email", "l@x"),
                    subject("e"), Map.of("login", "KEVIN", "email", "L@X"))))
        .isEqualTo(
            Map.of(
                subject("a"), List.of(kevin),
                subject("b"), List.of(kevin),
                subject("c"), List.of(lisa, kevin),
                subject("d"), List.of(lisa)));
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertThat(target.read(List.of("12345"))).isEmpty();
    assertThat(target.read(List.of())).isEmpty();
    assertThat(target.apply(List.of())).isEmpty();
  }
}
