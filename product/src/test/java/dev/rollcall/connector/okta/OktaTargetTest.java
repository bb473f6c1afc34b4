package dev.rollcall.connector.okta;

import static dev.rollcall.connector.okta.ScriptedOkta.error;
import static dev.rollcall.connector.okta.ScriptedOkta.notFound;
import static dev.rollcall.connector.okta.ScriptedOkta.says;
import static dev.rollcall.connector.okta.Users.ANN;
import static dev.rollcall.connector.okta.Users.BOB;
import static dev.rollcall.connector.okta.Users.COHORT;
import static dev.rollcall.connector.okta.Users.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Origin;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.MasteredElsewhere;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Users as accounts: found, read, and changed in order, each change only where it is needed. */
class OktaTargetTest {

  private static final SubjectKey SUBJECT = new SubjectKey("HR", "ANN");
  private static final Origin ORIGIN = new Origin("mapping", "PERSON", "FIELD", null);
  private static final String LIFECYCLE = "POST /api/v1/users/" + ANN + "/lifecycle/";
  private static final String ONE = "/api/v1/users/" + ANN;
  private static final ScriptedOkta.Answer TAKEN =
      error(
          400,
          "E0000001",
          "Api validation failed: login",
          "login: An object with this field already exists in the current organization");

  private final Tenant tenant = new Tenant();
  private final ScriptedOkta okta = tenant.okta;

  @AfterEach
  void close() throws IOException {
    tenant.close();
  }

  // --- what is asked of it

  private static Change.Update set(String attribute, String value) {
    return new Change.Update(attribute, null, new Value.Text(value), ORIGIN, "mapped");
  }

  private static Change.Update clear(String attribute) {
    return new Change.Update(attribute, "x", new Value.Cleared(), ORIGIN, "mapped");
  }

  private static Change create() {
    return new Change.Create("ann@univ.edu", "no account");
  }

  private static Change join(String group) {
    return new Change.JoinGroup(group, "a student");
  }

  private static Change leave(String group) {
    return new Change.LeaveGroup(group, "no student");
  }

  private static Account account(@Nullable String id) {
    return new Account(id, Account.Status.ENABLED, Map.of(), List.of());
  }

  private static Application made(Change... more) {
    List<Change> changes =
        new ArrayList<>(
            List.of(
                create(),
                set("email", "ann@univ.edu"),
                set("firstName", "Ann"),
                set("lastName", "Lee"),
                set("employeeNumber", "0001")));
    changes.addAll(List.of(more));
    return new Application(SUBJECT, null, account(null), changes);
  }

  private static Application changed(Change... changes) {
    return new Application(SUBJECT, account(ANN), account(ANN), List.of(changes));
  }

  private Applied apply(Application application) {
    return tenant.accounts().apply(List.of(application)).getFirst();
  }

  private ConnectorException refused(Application application) {
    return failure(() -> apply(application));
  }

  private static ConnectorException failure(ThrowingCallable call) {
    return Objects.requireNonNull(catchThrowableOfType(ConnectorException.class, call));
  }

  private void annIs(String status) {
    okta.on("GET " + ONE, says(200, Users.ann(status)));
    okta.on("POST " + ONE, says(200, Users.ann(status)));
    for (String operation : List.of("activate", "deactivate", "suspend", "unsuspend")) {
      okta.on(LIFECYCLE + operation, says(200, "{}"));
    }
  }

  private void cohortIsThere() {
    tenant.groups(Users.group(COHORT, Tenant.COHORT, "OKTA_GROUP"));
    okta.on("PUT /api/v1/groups/" + COHORT + "/users/" + ANN, says(204, ""));
    okta.on("DELETE /api/v1/groups/" + COHORT + "/users/" + ANN, says(204, ""));
  }

  private List<String> writes() {
    return okta.lines().stream().filter(line -> !line.startsWith("GET")).toList();
  }

  // --- reading

  @Test
  void anAccountIsReadWithTheGroupsThatAreOurs() {
    annIs("ACTIVE");
    okta.on(
        "GET " + ONE + "/groups",
        says(
            200,
            Users.list(
                Users.group("00g0", "Everyone", "BUILT_IN"),
                Users.group(STAFF, Tenant.STAFF, "APP_GROUP"),
                Users.group("00g3", "Chess", "OKTA_GROUP"),
                Users.group(COHORT, Tenant.COHORT, "OKTA_GROUP"))));
    Account account = Objects.requireNonNull(tenant.accounts().read(List.of(ANN)).get(ANN));
    assertThat(account.groups()).containsExactly(Tenant.COHORT);
    assertThat(account.attributes())
        .containsEntry("login", new Value.Text("ann@univ.edu"))
        .containsEntry("employeeNumber", new Value.Text("0001"))
        .doesNotContainKey("mobilePhone");
  }

  @ParameterizedTest
  @CsvSource({
    "STAGED, STAGED",
    "PROVISIONED, ENABLED",
    "ACTIVE, ENABLED",
    "RECOVERY, ENABLED",
    "PASSWORD_EXPIRED, ENABLED",
    "LOCKED_OUT, ENABLED",
    "SUSPENDED, SUSPENDED",
    "DEPROVISIONED, DISABLED"
  })
  void everyStatusHasAWordOfOurs(String theirs, Account.Status ours) {
    annIs(theirs);
    okta.on("GET " + ONE + "/groups", says(200, "[]"));
    assertThat(tenant.accounts().read(List.of(ANN)).get(ANN))
        .satisfies(account -> assertThat(Objects.requireNonNull(account).status()).isEqualTo(ours));
  }

  @Test
  void whoeverIsNotThereIsMissingAndAFailureIsNotThat() {
    okta.on("GET " + ONE, notFound());
    assertThat(tenant.accounts().read(List.of(ANN, "../../x", "ann@univ.edu"))).isEmpty();
    assertThat(okta.lines()).containsExactly("GET " + ONE);
    okta.on("GET " + ONE, says(404, "no such host"));
    assertThat(failure(() -> tenant.accounts().read(List.of(ANN))).kind())
        .isEqualTo(ErrorKind.UNREADABLE);
  }

  @Test
  void groupsAreNotAskedForWhereNoneAreOurs() {
    annIs("ACTIVE");
    tenant.with(
        OktaSettings.of(
            okta.url(), new OktaAuth.ApiToken(Tenant.TOKEN), "employeeNumber", Set.of()));
    assertThat(tenant.accounts().read(List.of(ANN))).containsOnlyKeys(ANN);
    assertThat(okta.sent()).hasSize(1);
  }

  private List<Account> found(Map<String, String> criteria) {
    return tenant.accounts().search(Map.of(SUBJECT, criteria)).getOrDefault(SUBJECT, List.of());
  }

  @Test
  void anAccountIsFoundByLoginOrEmail() {
    okta.on("GET /api/v1/users/ann%40univ.edu", says(200, Users.ann("ACTIVE")));
    okta.on("GET /api/v1/users", says(200, Users.list(Users.ann("STAGED"))));
    okta.on("GET " + ONE + "/groups", says(200, "[]"));
    assertThat(found(Map.of("login", "ann@univ.edu", "email", "ann@univ.edu")))
        .singleElement()
        .satisfies(account -> {
          assertThat(account.id()).isEqualTo(ANN);
          assertThat(account.status()).isEqualTo(Account.Status.ENABLED);
        });
    assertThat(okta.lines())
        .containsExactly(
            "GET /api/v1/users/ann%40univ.edu",
            "GET /api/v1/users?search=profile.email%20eq%20%22ann%40univ.edu%22&limit=200",
            "GET " + ONE + "/groups");
  }

  @Test
  void twoThatFitAreBothNamed() {
    okta.on("GET /api/v1/users/ann%40univ.edu", says(200, Users.ann("ACTIVE")));
    okta.on(
        "GET /api/v1/users",
        says(
            200,
            Users.list(Users.user(BOB, "ACTIVE", "login", "b@univ.edu", "email", "ann@univ.edu"))));
    assertThat(found(Map.of("login", "ann@univ.edu", "email", "ann@univ.edu")))
        .extracting(Account::id)
        .containsExactly(ANN, BOB);
  }

  @Test
  void theOnlyOneOfAListIsReadAgainBecauseListsAreOld() {
    okta.on("GET /api/v1/users", says(200, Users.list(Users.ann("STAGED"))));
    okta.on("GET " + ONE, says(200, Users.ann("ACTIVE")));
    okta.on("GET " + ONE + "/groups", says(200, "[]"));
    assertThat(found(Map.of("email", "ANN@univ.edu")))
        .singleElement()
        .satisfies(account -> assertThat(account.status()).isEqualTo(Account.Status.ENABLED));
    // Meanwhile it has another address, or is gone.
    okta.on(
        "GET " + ONE,
        says(200, Users.user(ANN, "ACTIVE", "login", "ann@univ.edu", "email", "new@univ.edu")),
        notFound());
    assertThat(found(Map.of("email", "ann@univ.edu"))).isEmpty();
    assertThat(found(Map.of("email", "ann@univ.edu"))).isEmpty();
  }

  @Test
  void aSearchThatFailsConcludesNothing() {
    okta.on("GET /api/v1/users/ann%40univ.edu", notFound());
    okta.on("GET /api/v1/users", says(500, ""));
    assertThat(
            failure(() -> found(Map.of("login", "ann@univ.edu", "email", "ann@univ.edu"))).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
  }

  // --- making

  @Test
  void anAccountIsMadeStagedInOneCallWithItsValuesAndGroups() {
    okta.on("POST /api/v1/users", says(200, Users.ann("STAGED")));
    cohortIsThere();
    Applied applied = apply(made(clear("mobilePhone"), join(Tenant.COHORT)));

    assertThat(applied).isEqualTo(new Applied(ANN));
    assertThat(writes()).containsExactly("POST /api/v1/users?activate=false");
    JsonNode body = JsonMapper.shared().readTree(okta.last().body());
    assertThat(body.path("profile").path("login").asString()).isEqualTo("ann@univ.edu");
    assertThat(body.path("profile").path("mobilePhone").isNull()).isTrue();
    assertThat(body.path("profile").has("city")).isFalse();
    assertThat(body.path("groupIds")).hasSize(1);
    assertThat(body.has("credentials")).isFalse();
    assertThat(tenant.notes.made).containsExactly(ANN);
  }

  @Test
  void anAccountThatWasMadeIsToldBeforeTheNextCall() {
    okta.on("POST /api/v1/users", says(200, Users.ann("STAGED")));
    tenant.notes.letThrough(1);
    assertThatThrownBy(() -> apply(made(new Change.Activate("active at once"))))
        .isInstanceOf(ErrandOver.class);
    assertThat(tenant.notes.made).containsExactly(ANN);
  }

  @Test
  void aNewAccountIsActivatedLastAndNobodyIsEmailed() {
    annIs("STAGED");
    okta.on("POST /api/v1/users", says(200, Users.ann("STAGED")));
    apply(made(new Change.Activate("active at once")));
    assertThat(writes())
        .containsExactly(
            "POST /api/v1/users?activate=false", LIFECYCLE + "activate?sendEmail=false");
  }

  @Test
  void peopleAreEmailedWhereTheSettingSaysSo() {
    annIs("STAGED");
    tenant.with(
        new OktaSettings(
            okta.url(),
            new OktaAuth.ApiToken(Tenant.TOKEN),
            "employeeNumber",
            Set.of(),
            true,
            true,
            Duration.ofSeconds(20)));
    apply(changed(new Change.Activate("wanted")));
    assertThat(writes()).containsExactly(LIFECYCLE + "activate?sendEmail=true");
  }

  @Test
  void anAccountWhoseAnswerWasLostIsNotMadeTwice() {
    for (ScriptedOkta.Answer lost :
        List.of(
            new ScriptedOkta.Answer.None(),
            new ScriptedOkta.Answer.Half(Users.ann("STAGED")),
            says(500, ""),
            says(200, "{\"id\":\"00u"))) {
      okta.forget();
      tenant.notes.made.clear();
      annIs("STAGED");
      okta.on("POST /api/v1/users", lost);
      okta.on("GET /api/v1/users/ann%40univ.edu", says(200, Users.ann("STAGED")));
      Applied applied = apply(made(new Change.Activate("active at once")));

      assertThat(applied).isEqualTo(new Applied(ANN));
      assertThat(tenant.notes.made).containsExactly(ANN);
      assertThat(writes())
          .containsExactly(
              "POST /api/v1/users?activate=false", LIFECYCLE + "activate?sendEmail=false");
    }
  }

  @Test
  void anAccountThatWasNotMadeIsAFailure() {
    okta.on("POST /api/v1/users", says(503, "read only"));
    okta.on("GET /api/v1/users/ann%40univ.edu", notFound());
    ConnectorException failure = refused(made());
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("POST /api/v1/users")
        .hasMessageContaining("read only");
    assertThat(tenant.notes.made).isEmpty();
  }

  @Test
  void aLoginThatIsTakenByTheSamePersonIsTheirAccount() {
    annIs("ACTIVE");
    okta.on("POST /api/v1/users", TAKEN);
    okta.on("GET /api/v1/users/ann%40univ.edu", says(200, Users.ann("ACTIVE")));
    cohortIsThere();
    Applied applied =
        apply(made(set("city", "Ghent"), join(Tenant.COHORT), new Change.Activate("wanted")));

    assertThat(applied.accountId()).isEqualTo(ANN);
    assertThat(applied.withheld()).isEmpty();
    assertThat(applied.why()).contains(ANN, "was there already", "employeeNumber");
    assertThat(tenant.notes.made).containsExactly(ANN);
    // Only what differs, and no second activation.
    assertThat(writes())
        .containsExactly(
            "POST /api/v1/users?activate=false",
            "POST " + ONE,
            "PUT /api/v1/groups/" + COHORT + "/users/" + ANN);
    assertThat(okta.sent())
        .filteredOn(sent -> sent.line().equals("POST " + ONE))
        .singleElement()
        .satisfies(sent -> assertThat(sent.body()).isEqualTo("{\"profile\":{\"city\":\"Ghent\"}}"));
  }

  @Test
  void aLoginThatIsTakenBySomebodyElseIsAConflict() {
    okta.on("POST /api/v1/users", TAKEN);
    for (String holder :
        List.of(
            Users.user(BOB, "ACTIVE", "login", "ann@univ.edu", "employeeNumber", "0002"),
            Users.user(BOB, "ACTIVE", "login", "ann@univ.edu"))) {
      okta.on("GET /api/v1/users/ann%40univ.edu", says(200, holder));
      ConnectorException failure = refused(made());
      assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
      assertThat(failure)
          .hasMessageContaining("ann@univ.edu")
          .hasMessageContaining(BOB)
          .hasMessageContaining("0001");
    }
    assertThat(tenant.notes.made).isEmpty();
    assertThat(writes()).hasSize(2);
  }

  @Test
  void withoutTheCorrelationAttributeNobodyIsAdopted() {
    okta.on("POST /api/v1/users", TAKEN);
    okta.on(
        "GET /api/v1/users/ann%40univ.edu",
        says(200, Users.user(BOB, "ACTIVE", "login", "ann@univ.edu")));
    Application nameless =
        new Application(
            SUBJECT, null, account(null), List.of(create(), set("email", "ann@univ.edu")));
    assertThat(refused(nameless).kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(tenant.notes.made).isEmpty();
  }

  @Test
  void aRefusalThatIsNotAboutTheLoginStaysWhatItIs() {
    okta.on(
        "POST /api/v1/users",
        error(
            400, "E0000001", "Api validation failed: newUser", "Property name 'x' is not defined"));
    okta.on("GET /api/v1/users/ann%40univ.edu", notFound());
    ConnectorException failure = refused(made());
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID);
    assertThat(failure).hasMessageContaining("Property name 'x' is not defined");
  }

  @Test
  void aDeactivatedAccountOfTheSamePersonIsActivatedBeforeItIsChanged() {
    annIs("ACTIVE");
    okta.on("POST /api/v1/users", TAKEN);
    okta.on("GET /api/v1/users/ann%40univ.edu", says(200, Users.ann("DEPROVISIONED")));
    apply(made(set("city", "Ghent"), new Change.Activate("wanted")));
    assertThat(writes())
        .containsExactly(
            "POST /api/v1/users?activate=false",
            LIFECYCLE + "activate?sendEmail=false",
            "POST " + ONE);
  }

  @Test
  void aGroupThatIsGoneWhenAnAccountIsMadeIsJoinedUnderItsNewId() {
    okta.on("POST /api/v1/users", says(200, Users.ann("STAGED")));
    tenant.groups(Users.group(COHORT, Tenant.COHORT, "OKTA_GROUP"));
    apply(made(join(Tenant.COHORT)));
    okta.forget();

    okta.on("POST /api/v1/users", notFound(), says(200, Users.ann("STAGED")));
    tenant.groups(Users.group(STAFF, Tenant.COHORT, "OKTA_GROUP"));
    okta.on("PUT /api/v1/groups/" + STAFF + "/users/" + ANN, says(204, ""));
    assertThat(apply(made(join(Tenant.COHORT)))).isEqualTo(new Applied(ANN));
    assertThat(writes())
        .containsExactly(
            "POST /api/v1/users?activate=false",
            "POST /api/v1/users?activate=false",
            "PUT /api/v1/groups/" + STAFF + "/users/" + ANN);
  }

  // --- values

  @Test
  void allValuesGoInOneCallAndOnlyThoseThatDiffer() {
    annIs("ACTIVE");
    assertThat(
            apply(
                changed(
                    set("firstName", "Ann"),
                    set("lastName", "Lee-Roy"),
                    clear("employeeNumber"),
                    clear("mobilePhone"))))
        .isEqualTo(new Applied(ANN));
    assertThat(writes()).containsExactly("POST " + ONE);
    assertThat(okta.last().body())
        .isEqualTo("{\"profile\":{\"employeeNumber\":null,\"lastName\":\"Lee-Roy\"}}");
  }

  @Test
  void whatIsThereAlreadyIsNotWrittenAgain() {
    annIs("ACTIVE");
    AccountTarget accounts = tenant.accounts();
    okta.on(
        "POST " + ONE,
        says(200, Users.user(ANN, "ACTIVE", "login", "ann@univ.edu", "lastName", "Lee-Roy")));
    for (int i = 0; i < 2; i++) {
      accounts.apply(List.of(changed(set("lastName", "Lee-Roy"), new Change.Activate("wanted"))));
    }
    assertThat(writes()).containsExactly("POST " + ONE);
    // What was read on this errand is not read again.
    assertThat(okta.sent()).hasSize(2);
  }

  @Test
  void aNameThatIsTooLongIsShortenedAndSaidSo() {
    annIs("ACTIVE");
    String longName = "x".repeat(60);
    Applied applied = apply(changed(set("lastName", longName)));
    assertThat(applied.withheld()).isEmpty();
    assertThat(applied.why()).isEqualTo("lastName has 60 characters: shortened to 50");
    assertThat(okta.last().body())
        .isEqualTo("{\"profile\":{\"lastName\":\"%s\"}}".formatted("x".repeat(50)));
    okta.forget();
    okta.on("GET " + ONE, says(200, Users.user(ANN, "ACTIVE", "lastName", "x".repeat(50))));
    assertThat(apply(changed(set("lastName", longName))).why()).isNotNull();
    assertThat(writes()).isEmpty();
  }

  @Test
  void aBadAddressIsRefusedBeforeTheCall() {
    annIs("ACTIVE");
    for (Change.Update bad :
        List.of(
            set("email", "ann at univ.edu"),
            clear("email"),
            set("login", "ann"),
            set("login", "x".repeat(100) + "@univ.edu"),
            set("email", "😀@univ.edu"),
            set("employeeNumber", "😀"))) {
      ConnectorException failure = refused(changed(bad, join(Tenant.COHORT)));
      assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID);
      assertThat(failure).hasMessageContaining("Okta was not asked");
    }
    Application nobody = new Application(SUBJECT, null, account(null), List.of(create()));
    assertThat(refused(nobody)).hasMessageContaining("there is no e-mail address");
    assertThat(writes()).isEmpty();
  }

  @Test
  void whatOktaCannotTakeWithoutChangingItsMeaningIsWithheld() {
    annIs("ACTIVE");
    Change country = set("countryCode", "AUT");
    Applied applied = apply(changed(country, set("city", "Graz")));
    assertThat(applied.withheld()).containsExactly(country);
    assertThat(applied.why()).contains("countryCode has 3 characters");
    assertThat(okta.last().body()).isEqualTo("{\"profile\":{\"city\":\"Graz\"}}");
  }

  @Test
  void aProfileThatIsMasteredElsewhereIsToldApart() {
    annIs("ACTIVE");
    okta.on("POST " + ONE, error(403, "E0000023", "mastered under another system"));
    assertThat(refused(changed(set("city", "Graz")))).isInstanceOf(MasteredElsewhere.class);
  }

  @Test
  void aDeactivatedAccountIsNotChanged() {
    annIs("DEPROVISIONED");
    Change city = set("city", "Graz");
    Applied applied = apply(changed(city, new Change.Deactivate("left")));
    assertThat(applied.withheld()).containsExactly(city);
    assertThat(applied.why()).contains("deactivated", "city");
    assertThat(writes()).isEmpty();

    // Deactivated by somebody else a moment ago: Okta calls that not found.
    okta.on("GET " + ONE, says(200, Users.ann("ACTIVE")), says(200, Users.ann("DEPROVISIONED")));
    okta.on("POST " + ONE, notFound());
    assertThat(apply(changed(city)).withheld()).containsExactly(city);
  }

  @Test
  void anAccountThatIsGoneIsNotFound() {
    okta.on("GET " + ONE, notFound());
    assertThat(refused(changed(set("city", "Graz"))).kind()).isEqualTo(ErrorKind.NOT_FOUND);
    okta.on("GET " + ONE, says(200, Users.ann("ACTIVE")), notFound());
    okta.on("POST " + ONE, notFound());
    assertThat(refused(changed(set("city", "Graz"))).kind()).isEqualTo(ErrorKind.NOT_FOUND);
  }

  // --- status

  @ParameterizedTest
  @CsvSource({
    "STAGED, true, false, false, true",
    "PROVISIONED, false, false, true, true",
    "ACTIVE, false, false, true, true",
    "LOCKED_OUT, false, false, true, true",
    "SUSPENDED, false, true, false, true",
    "DEPROVISIONED, true, false, false, false"
  })
  void aStatusIsOnlyChangedFromOneThatIsNotIt(
      String status, boolean activate, boolean unsuspend, boolean suspend, boolean deactivate) {
    annIs(status);
    apply(changed(new Change.Activate("wanted")));
    apply(changed(new Change.Unsuspend("back")));
    apply(changed(new Change.Suspend("leave")));
    apply(changed(new Change.Deactivate("left")));
    List<String> expected = new ArrayList<>();
    if (activate) {
      expected.add(LIFECYCLE + "activate?sendEmail=false");
    }
    if (unsuspend) {
      expected.add(LIFECYCLE + "unsuspend");
    }
    if (suspend) {
      expected.add(LIFECYCLE + "suspend");
    }
    if (deactivate) {
      expected.add(LIFECYCLE + "deactivate?sendEmail=false");
    }
    assertThat(writes()).containsExactlyElementsOf(expected);
  }

  @Test
  void aRehireIsActivatedBeforeItIsChanged() {
    annIs("DEPROVISIONED");
    assertThat(apply(changed(new Change.Activate("back"), set("city", "Graz"))).why()).isNull();
    assertThat(writes()).containsExactly(LIFECYCLE + "activate?sendEmail=false", "POST " + ONE);
  }

  @Test
  void aChangeWhileOktaStillActivatesIsTriedAgainLater() {
    annIs("DEPROVISIONED");
    okta.on(
        "POST " + ONE,
        error(409, "E0000112", "Cannot update this user because they are still being activated."));
    assertThat(refused(changed(new Change.Activate("back"), set("city", "Graz"))).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "activate, STAGED, ACTIVE, 403, E0000016",
    "activate, DEPROVISIONED, PROVISIONED, 403, E0000038",
    "suspend, ACTIVE, SUSPENDED, 400, E0000001",
    "unsuspend, SUSPENDED, ACTIVE, 400, E0000001",
    "deactivate, ACTIVE, DEPROVISIONED, 404, E0000007"
  })
  void whatSomebodyElseDidAMomentAgoIsDone(
      String operation, String before, String after, int status, String code) {
    Change change =
        switch (operation) {
          case "activate" -> new Change.Activate("wanted");
          case "suspend" -> new Change.Suspend("leave");
          case "unsuspend" -> new Change.Unsuspend("back");
          default -> new Change.Deactivate("left");
        };
    annIs(before);
    okta.on("GET " + ONE, says(200, Users.ann(before)), says(200, Users.ann(after)));
    okta.on(LIFECYCLE + operation, error(status, code, "not in this status"));
    assertThat(apply(changed(change))).isEqualTo(new Applied(ANN));

    // And when it is not so, it was refused.
    okta.on("GET " + ONE, says(200, Users.ann(before)));
    assertThat(refused(changed(change))).hasMessageContaining(code);
  }

  @Test
  void aStatusThatOktaIsMovingToCounts() {
    annIs("STAGED");
    okta.on(
        "GET " + ONE,
        says(
            200,
            "{\"id\":\"%s\",\"status\":\"STAGED\",\"transitioningToStatus\":\"ACTIVE\",\"profile\":{}}"
                .formatted(ANN)));
    apply(changed(new Change.Activate("wanted")));
    assertThat(writes()).isEmpty();
  }

  @Test
  void accessEndsWhateverOktaRefusesToChangeBefore() {
    annIs("ACTIVE");
    cohortIsThere();
    okta.on("POST " + ONE, error(403, "E0000023", "mastered under another system"));
    okta.on(
        "DELETE /api/v1/groups/" + COHORT + "/users/" + ANN,
        error(403, "E0000006", "You do not have permission"));
    Change city = set("city", "Graz");
    Change email = set("email", "no address");
    Change group = leave(Tenant.COHORT);
    Applied applied = apply(changed(email, city, group, new Change.Deactivate("left")));
    assertThat(applied.withheld()).containsExactlyInAnyOrder(email, city, group);
    assertThat(applied.why()).contains("E0000023", "E0000006", "does not look like an e-mail");
    assertThat(writes()).last().isEqualTo(LIFECYCLE + "deactivate?sendEmail=false");
  }

  @Test
  void whenOktaIsAwayNothingIsPassedOver() {
    annIs("ACTIVE");
    okta.on("POST " + ONE, says(503, ""));
    assertThat(refused(changed(set("city", "Graz"), new Change.Deactivate("left"))).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(writes()).containsExactly("POST " + ONE);
  }

  @Test
  void whatWasDoneBeforeAFailureIsNotDoneAgain() {
    annIs("ACTIVE");
    okta.on(
        "POST " + ONE,
        says(200, Users.user(ANN, "ACTIVE", "login", "ann@univ.edu", "city", "Graz")));
    okta.on(LIFECYCLE + "deactivate", says(503, ""), says(200, "{}"));
    AccountTarget accounts = tenant.accounts();
    Application leaver = changed(set("city", "Graz"), new Change.Deactivate("left"));
    assertThat(failure(() -> accounts.apply(List.of(leaver))).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
    accounts.apply(List.of(leaver));
    assertThat(writes())
        .containsExactly(
            "POST " + ONE,
            LIFECYCLE + "deactivate?sendEmail=false",
            LIFECYCLE + "deactivate?sendEmail=false");
  }

  // --- groups

  @Test
  void aGroupIsResolvedOnceForEverybody() {
    annIs("ACTIVE");
    cohortIsThere();
    apply(changed(join(Tenant.COHORT)));
    apply(changed(leave(Tenant.COHORT)));
    assertThat(okta.lines())
        .filteredOn(line -> line.startsWith("GET /api/v1/groups"))
        .containsExactly(
            "GET /api/v1/groups?search=profile.name%20eq%20%22Student%20Cohort%22&limit=200");
    assertThat(writes())
        .containsExactly(
            "PUT /api/v1/groups/" + COHORT + "/users/" + ANN,
            "DELETE /api/v1/groups/" + COHORT + "/users/" + ANN);
    tenant.clock.advance(Duration.ofMinutes(6));
    apply(changed(join(Tenant.COHORT)));
    assertThat(okta.lines()).filteredOn(line -> line.startsWith("GET /api/v1/groups")).hasSize(2);
  }

  private Set<String> annsGroups() {
    return Objects.requireNonNull(tenant.accounts().read(List.of(ANN)).get(ANN)).groups();
  }

  @Test
  void aMembershipThatWasMadeAMomentAgoCountsThoughOktaDoesNotListItYet() {
    annIs("ACTIVE");
    cohortIsThere();
    okta.on("GET " + ONE + "/groups", says(200, "[]"));
    apply(changed(join(Tenant.COHORT)));
    assertThat(annsGroups()).containsExactly(Tenant.COHORT);
    tenant.clock.advance(RecentMemberships.REMEMBERED);
    assertThat(annsGroups()).isEmpty();
  }

  @Test
  void aMembershipThatEndedAMomentAgoDoesNotCountThoughOktaListsItStill() {
    annIs("ACTIVE");
    cohortIsThere();
    okta.on(
        "GET " + ONE + "/groups",
        says(200, Users.list(Users.group(COHORT, Tenant.COHORT, "OKTA_GROUP"))));
    apply(changed(leave(Tenant.COHORT)));
    assertThat(annsGroups()).isEmpty();
    tenant.clock.advance(RecentMemberships.REMEMBERED);
    assertThat(annsGroups()).containsExactly(Tenant.COHORT);
  }

  @Test
  void theGroupsOfAnAccountThatWasJustMadeCount() {
    cohortIsThere();
    okta.on("POST /api/v1/users", says(200, Users.ann("STAGED")));
    annIs("STAGED");
    okta.on("GET " + ONE + "/groups", says(200, "[]"));
    apply(made(join(Tenant.COHORT)));
    assertThat(annsGroups()).containsExactly(Tenant.COHORT);
  }

  @Test
  void whatBecameOfAMembershipThatFailedIsLookedUp() {
    annIs("ACTIVE");
    cohortIsThere();
    okta.on("GET " + ONE + "/groups", says(200, "[]"));
    apply(changed(join(Tenant.COHORT)));
    okta.on("DELETE /api/v1/groups/" + COHORT + "/users/" + ANN, says(500, "{}"));
    refused(changed(leave(Tenant.COHORT)));
    assertThat(annsGroups()).isEmpty();
  }

  @Test
  void anUnknownGroupIsWithheldAndNotMade() {
    annIs("ACTIVE");
    tenant.groups(
        Users.group("00g8", Tenant.COHORT, "APP_GROUP"),
        Users.group("00g9", "student cohort", "OKTA_GROUP"));
    Change join = join(Tenant.COHORT);
    Applied applied = apply(changed(join, set("city", "Graz")));
    assertThat(applied.withheld()).containsExactly(join);
    assertThat(applied.why()).contains("no group 'Student Cohort'");
    assertThat(writes()).containsExactly("POST " + ONE);
    // That there is none is remembered, too.
    apply(changed(join));
    assertThat(okta.lines()).filteredOn(line -> line.startsWith("GET /api/v1/groups")).hasSize(1);
  }

  @Test
  void aGroupThatWasMadeAnewIsFoundUnderItsNewId() {
    annIs("ACTIVE");
    cohortIsThere();
    apply(changed(join(Tenant.COHORT)));
    for (String method : List.of("PUT", "DELETE")) {
      okta.on(
          method + " /api/v1/groups/" + COHORT + "/users/" + ANN,
          error(404, "E0000007", "Not found: Resource not found: x (UserGroup)"));
      okta.on(method + " /api/v1/groups/" + STAFF + "/users/" + ANN, says(204, ""));
    }
    tenant.groups(Users.group(STAFF, Tenant.COHORT, "OKTA_GROUP"));
    assertThat(apply(changed(join(Tenant.COHORT)))).isEqualTo(new Applied(ANN));
    assertThat(apply(changed(leave(Tenant.COHORT)))).isEqualTo(new Applied(ANN));
    assertThat(writes()).last().isEqualTo("DELETE /api/v1/groups/" + STAFF + "/users/" + ANN);
  }

  @Test
  void leavingAGroupThatIsGoneIsDone() {
    annIs("ACTIVE");
    cohortIsThere();
    okta.on(
        "DELETE /api/v1/groups/" + COHORT + "/users/" + ANN,
        error(404, "E0000007", "Not found: Resource not found: x (UserGroup)"));
    assertThat(apply(changed(leave(Tenant.COHORT)))).isEqualTo(new Applied(ANN));
  }

  @Test
  void aMemberThatIsGoneIsNotAGroupThatIsGone() {
    annIs("ACTIVE");
    cohortIsThere();
    okta.on("GET " + ONE, says(200, Users.ann("ACTIVE")), notFound());
    okta.on("PUT /api/v1/groups/" + COHORT + "/users/" + ANN, notFound());
    assertThat(refused(changed(join(Tenant.COHORT))).kind()).isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void withoutAChangeNothingIsAsked() {
    annIs("ACTIVE");
    assertThat(apply(changed())).isEqualTo(new Applied(ANN));
    assertThat(writes()).isEmpty();
  }
}
