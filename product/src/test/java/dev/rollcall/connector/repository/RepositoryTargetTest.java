package dev.rollcall.connector.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

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
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.RoleCatalog;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import dev.rollcall.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
  private final RepositoryRoles roles = new RepositoryRoles(database.jdbc(), clock);

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

  private static Change join(String role) {
    return new Change.JoinGroup(role, "because");
  }

  private static Change leave(String role) {
    return new Change.LeaveGroup(role, "because");
  }

  private List<String> apply(Application... applications) {
    return target.apply(List.of(applications)).stream().map(Applied::accountId).toList();
  }

  private Account read(String id) {
    return target.read(List.of(id)).getOrDefault(id, wanted(Account.Status.DISABLED));
  }

  private Account created(String login, Change... more) {
    return read(apply(create(login, more)).getFirst());
  }

  @Test
  void accountsAreCreatedInOneStatementAndTheirIdsComeBackInOrder() {
    List<String> ids = apply(create("zoe", set("email", "z@x")), create("adam"));

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
  void aFirstDayThatMovesMovesTheRow() {
    Account found = created("kevin", put(student(START, true)));
    LocalDate moved = START.plusYears(1);
    target.apply(
        List.of(
            change(
                found,
                new Change.PutAffiliation(student(START, true), student(moved, false), "moved"))));
    Account after = read(String.valueOf(found.id()));
    assertThat(after.affiliations()).containsExactly(student(moved, false));

    target.apply(
        List.of(
            change(
                after,
                new Change.PutAffiliation(student(moved, false), student(null, true), "moved"))));
    assertThat(read(String.valueOf(found.id())).affiliations())
        .containsExactly(student(null, true));
  }

  @Test
  void rolesAreGivenAndTakenAndReadInTheOrderOfTheirNames() {
    Account found = created("kevin", join("STUDENT"), join("ALUMNI"));
    assertThat(found.groups()).containsExactly("ALUMNI", "STUDENT");

    target.apply(
        List.of(change(found, leave("STUDENT"), join("STAFF")), create("lisa", join("STUDENT"))));
    assertThat(read(String.valueOf(found.id())).groups()).containsExactly("ALUMNI", "STAFF");
    assertThat(
            target
                .search(Map.of(subject("lisa"), Map.of("login", "lisa")))
                .getOrDefault(subject("lisa"), List.of()))
        .extracting(Account::groups)
        .containsExactly(Set.of("STUDENT"));
    assertThat(roles.list())
        .extracting(
            RoleCatalog.Known::role, RoleCatalog.Known::createdBy, RoleCatalog.Known::holders)
        .containsExactly(
            tuple("ALUMNI", "on the fly", 1L),
            tuple("STAFF", "on the fly", 1L),
            tuple("STUDENT", "on the fly", 1L));
  }

  @Test
  void aRoleThatIsThereAlreadyIsNotGivenTwiceAndOneThatIsNotIsNotTaken() {
    Account found = created("kevin", join("STUDENT"));
    target.apply(List.of(change(found, join("STUDENT"), leave("STAFF"), leave("NEVER"))));

    assertThat(read(String.valueOf(found.id())).groups()).containsExactly("STUDENT");
  }

  @Test
  void aRoleThatMayNotBeMadeIsWithheldAndAllElseIsDone() {
    target.rolesOnTheFly(false);
    roles.seed(List.of(new RoleCatalog.Role("STAFF", null)));
    Change student = join("STUDENT");
    List<Applied> applied =
        target.apply(
            List.of(
                create("kevin", student, join("STAFF"), put(student(START, true))),
                create("lisa", join("STAFF"))));

    assertThat(applied.getFirst().withheld()).containsExactly(student);
    assertThat(applied.getFirst().why()).contains("STUDENT", "rollcall roles seed");
    assertThat(applied.getLast().withheld()).isEmpty();
    assertThat(applied.getLast().why()).isNull();
    Account kevin = read(applied.getFirst().accountId());
    assertThat(kevin.groups()).containsExactly("STAFF");
    assertThat(kevin.affiliations()).hasSize(1);
    assertThat(roles.waiting(List.of("STUDENT"))).as("there is no such role").isEmpty();

    roles.seed(List.of(new RoleCatalog.Role("STUDENT", "Student")));
    assertThat(roles.waiting(List.of("STUDENT", "STAFF")))
        .containsExactly(applied.getFirst().accountId());
  }

  @Test
  void whoeverIsDisabledOrWhoseAffiliationDoesNotCountWaitsForNothing() {
    target.rolesOnTheFly(false);
    Account ended = created("ended", join("STUDENT"), put(student(START, false)));
    Account disabled = created("disabled", join("STUDENT"), put(student(START, true)));
    target.apply(
        List.of(
            new Application(
                subject("disabled"),
                disabled,
                wanted(Account.Status.DISABLED),
                List.of(new Change.Deactivate("left")))));
    roles.seed(List.of(new RoleCatalog.Role("STUDENT", null)));

    assertThat(ended.groups()).isEmpty();
    assertThat(roles.waiting(List.of("STUDENT"))).isEmpty();
  }

  @Test
  void seedingAgainMakesNothingAndTakesTheDescription() {
    assertThat(roles.seed(List.of(role("STUDENT", null), role("STAFF", "Staff"))))
        .isEqualTo(new RoleCatalog.Seeded(2, 0));
    assertThat(
            roles.seed(
                List.of(role("STUDENT", "Student"), role("STAFF", null), role("ALUMNI", null))))
        .isEqualTo(new RoleCatalog.Seeded(1, 2));
    assertThat(roles.list())
        .extracting(RoleCatalog.Known::role, RoleCatalog.Known::description)
        .containsExactly(
            tuple("ALUMNI", null), tuple("STAFF", "Staff"), tuple("STUDENT", "Student"));
    assertThat(roles.list()).extracting(RoleCatalog.Known::createdBy).containsOnly("seed");
    assertThat(roles.seed(List.of())).isEqualTo(new RoleCatalog.Seeded(0, 0));
  }

  /** As two processes do: the second waits for the first one's commit. */
  @Test
  void oneRoleThatTwoMakeAtOnceIsOneRole() throws Exception {
    try (Database other = TestDatabase.sameAs(database);
        ExecutorService second = Executors.newSingleThreadExecutor()) {
      RepositoryTarget there = new RepositoryTarget(other.jdbc(), clock, new JsonMapper());
      Future<List<Applied>> waiting =
          database.inTransaction(() -> {
            target.apply(List.of(create("kevin", join("STUDENT"), join("ALUMNI"))));
            Future<List<Applied>> applying =
                second.submit(() ->
                    other.inTransaction(() ->
                        there.apply(List.of(create("lisa", join("STAFF"), join("STUDENT"))))));
            await().atMost(Duration.ofSeconds(20)).until(() -> waitingForLocks(other) > 0);
            return applying;
          });
      assertThat(read(waiting.get(20, TimeUnit.SECONDS).getFirst().accountId()).groups())
          .containsExactly("STAFF", "STUDENT");
    }
    assertThat(roles.list())
        .extracting(RoleCatalog.Known::role, RoleCatalog.Known::holders)
        .containsExactly(tuple("ALUMNI", 1L), tuple("STAFF", 1L), tuple("STUDENT", 2L));
  }

  /** Whoever finds no role commits before the seeding looks who waits, or finds the role. */
  @Test
  void nobodyMissesARoleThatIsSeededMeanwhile() throws Exception {
    target.rolesOnTheFly(false);
    try (Database other = TestDatabase.sameAs(database);
        ExecutorService second = Executors.newSingleThreadExecutor()) {
      RepositoryRoles there = new RepositoryRoles(other.jdbc(), clock);
      Future<List<String>> seeding =
          database.inTransaction(() -> {
            target.apply(List.of(create("kevin", join("STUDENT"), put(student(START, true)))));
            Future<List<String>> begun =
                second.submit(() ->
                    other.inTransaction(() -> {
                      there.seed(List.of(role("STUDENT", null)));
                      return there.waiting(List.of("STUDENT"));
                    }));
            await().atMost(Duration.ofSeconds(20)).until(() -> waitingForLocks(other) > 0);
            return begun;
          });
      assertThat(seeding.get(20, TimeUnit.SECONDS)).hasSize(1);

      Future<List<Applied>> late =
          other.inTransaction(() -> {
            there.seed(List.of(role("STAFF", null)));
            Future<List<Applied>> begun =
                second.submit(() ->
                    database.inTransaction(
                        () -> target.apply(List.of(create("lisa", join("STAFF"))))));
            await().atMost(Duration.ofSeconds(20)).until(() -> waitingForLocks(database) > 0);
            return begun;
          });
      assertThat(late.get(20, TimeUnit.SECONDS).getFirst().withheld()).isEmpty();
    }
  }

  /**
   * @param outside in no transaction here: within one PostgreSQL always shows the same
   */
  private static long waitingForLocks(Database outside) {
    return outside
        .jdbc()
        .sql(
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock'")
        .query(Long.class)
        .single();
  }

  private static RoleCatalog.Role role(String name, @Nullable String description) {
    return new RoleCatalog.Role(name, description);
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
