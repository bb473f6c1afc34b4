package dev.rollcall.connector.okta.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget.Packed;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is sent of a person, and who is not given. */
class PackingTest {

  private static final SubjectKey ANN = People.subject("1001");

  private static Packed pack(Application... applications) {
    return new Packing(Desk.settings(URI.create("https://example.okta.com")))
        .pack(List.of(applications));
  }

  private static Application changed(Account found, Account wanted) {
    return new Application(ANN, found, wanted, List.of(new Change.Activate("because")));
  }

  private static String refusal(Application application) {
    Packed packed = pack(application);
    assertThat(packed.parcels()).isEmpty();
    return Objects.requireNonNull(packed.refused().get(application.subject()));
  }

  @Test
  void theWholeProfileIsSentWithNullForWhatIsEmpty() {
    Packed packed = pack(People.joiner("1001", "secondEmail", "", "departmentId", "300"));
    assertThat(packed.parcels()).hasSize(1);
    assertThat(packed.parcels().getFirst().body())
        .isEqualTo(
            "{\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"1001\",\"profile\":{"
                + "\"userName\":\"1001@univ.edu\",\"email\":\"1001@univ.edu\","
                + "\"firstName\":\"Ann\",\"lastName\":\"Lee\",\"secondEmail\":null,"
                + "\"middleName\":null,\"departmentId\":\"300\"}}]}");
    assertThat(packed.accountIds()).containsExactly(Map.entry(ANN, "1001"));
    assertThat(packed.remarks()).isEmpty();
  }

  @Test
  void whatIsLeftAloneIsSentAsItWasAccepted() {
    Account found =
        People.account(
            "A7",
            Account.Status.ENABLED,
            People.attributes(
                "userName",
                "ann@univ.edu",
                "email",
                "ann@univ.edu",
                "firstName",
                "Ann",
                "middleName",
                "B",
                "lastName",
                "Lee"));
    Account wanted =
        People.account(
            "A7", Account.Status.ENABLED, People.attributes("lastName", "Day", "middleName", ""));
    Packed packed = pack(changed(found, wanted));
    assertThat(packed.parcels().getFirst().body())
        .contains("\"externalId\":\"A7\"", "\"userName\":\"ann@univ.edu\"", "\"firstName\":\"Ann\"")
        .contains("\"lastName\":\"Day\"", "\"middleName\":null");
    assertThat(packed.accountIds()).containsExactly(Map.entry(ANN, "A7"));
  }

  @Test
  void whatOktaCannotKeepIsReplacedOrLeftAsItWasAndSaidSo() {
    Account found =
        People.account(
            "1001",
            Account.Status.ENABLED,
            People.attributes("userName", "ann@univ.edu", "secondEmail", "old@home.org"));
    Account wanted =
        People.account(
            "1001",
            Account.Status.ENABLED,
            People.attributes(
                "userName",
                "ann@univ.edu",
                "email",
                "ann@univ.edu",
                "firstName",
                "𠮷田",
                "lastName",
                "L".repeat(60),
                "secondEmail",
                "nowhere"));
    Packed packed = pack(changed(found, wanted));
    assertThat(packed.parcels().getFirst().body())
        .contains("\"firstName\":\"\uFFFD田\"", "\"lastName\":\"" + "L".repeat(50) + "\"")
        .contains("\"secondEmail\":\"old@home.org\"");
    assertThat(packed.remarks().get(ANN))
        .contains("firstName", "replaced", "shortened to 50", "secondEmail stays as it was");
  }

  @Test
  void whoHasNoLoginOrNoAddressThatOktaTakesIsRefusedBeforeACall() {
    assertThat(refusal(People.joiner("1001", "email", "nobody"))).contains("e-mail address");
    assertThat(refusal(People.joiner("1001", "userName", ""))).contains("there is no login");
    assertThat(refusal(People.joiner("1001", "email", ""))).contains("there is no e-mail address");
    assertThat(refusal(People.joiner("1001", "userName", "a".repeat(100) + "@univ.edu")))
        .contains("Okta takes 5 to 100");
    assertThat(refusal(People.joiner("1001", "userName", "😀@univ.edu"))).contains("cannot keep");
    assertThat(refusal(People.joiner("1001", "middleName", "a\0b"))).contains("U+0000");
    assertThat(refusal(People.joiner("😀"))).contains("external id");
    assertThat(refusal(People.joiner("9".repeat(513)))).contains("512");
  }

  @Test
  void aStateThatAnIdentitySourceDoesNotKnowIsRefused() {
    Account there = People.account("1001", Account.Status.ENABLED, Map.of());
    for (Account.Status status : Set.of(Account.Status.STAGED, Account.Status.SUSPENDED)) {
      assertThat(refusal(changed(there, People.account("1001", status, Map.of()))))
          .contains(status.label());
    }
    Account inGroup =
        new Account("1001", Account.Status.ENABLED, Map.of(), Set.of("Staff"), List.of());
    assertThat(refusal(changed(there, inGroup))).contains("groups");
  }

  @Test
  void whoWasNeverGivenOrIsDeletedAlreadyIsNotDeleted() {
    Account gone = People.account("1001", Account.Status.DISABLED, Map.of());
    assertThat(refusal(new Application(ANN, null, gone, List.of()))).contains("never given");
    assertThat(refusal(changed(gone, gone))).contains("deleted there already");
  }

  @Test
  void whoComesBackIsGivenAgainUnderTheSameId() {
    Account gone =
        People.account("1001", Account.Status.DISABLED, People.attributes("middleName", "B"));
    Packed packed =
        pack(
            new Application(
                ANN, gone, People.joiner("1001").wanted(), List.of(new Change.Activate("back"))));
    assertThat(packed.parcels().getFirst().body())
        .contains("\"externalId\":\"1001\"", "\"middleName\":\"B\"");
  }

  @Test
  void aLeaverWhoComesFirstHasAPlaceBeforeThousandsOfOthers() {
    List<Application> many = new ArrayList<>();
    many.add(People.leaver("L1"));
    for (int i = 0; i < 10_100; i++) {
      many.add(People.joiner("P" + i));
    }
    many.add(People.leaver("L2"));
    Packed packed = new Packing(Desk.settings(URI.create("https://example.okta.com"))).pack(many);
    assertThat(packed.parcels()).hasSize(50);
    assertThat(packed.parcels().getLast().accountIds()).containsExactly("L1", "L2");
    assertThat(packed.left()).hasSize(10_100 - 49 * 200).first().isEqualTo(People.subject("P9800"));
  }

  @Test
  void ofTwoWithOneExternalIdTheLaterOneIsLeft() {
    Account found = new Account("1001", Account.Status.ENABLED, Map.of(), List.of());
    Application other =
        new Application(People.subject("2002"), found, People.joiner("1001").wanted(), List.of());
    Packed packed = pack(People.joiner("1001"), other);
    assertThat(packed.left()).containsExactly(People.subject("2002"));
    assertThat(packed.accountIds()).containsOnlyKeys(ANN);
  }

  @Test
  void aLoginThatOnlyTheCreationNamesIsSent() {
    Application application =
        new Application(
            ANN,
            null,
            new Account(
                null,
                Account.Status.ENABLED,
                Map.of("email", new Value.Text("ann@univ.edu")),
                List.of()),
            List.of(new Change.Create("ann@univ.edu", "new")));
    assertThat(pack(application).parcels().getFirst().body())
        .contains("\"userName\":\"ann@univ.edu\"");
  }
}
