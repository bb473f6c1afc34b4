package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LifecycleTest {
  private final Calling calling;

  LifecycleTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  /** Each operation in each state: what is answered, and where the user stands afterwards. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "activate        | STAGED           | 200 |          | ACTIVE",
        "activate        | PROVISIONED      | 403 | E0000016 | PROVISIONED",
        "activate        | ACTIVE           | 403 | E0000016 | ACTIVE",
        "activate        | RECOVERY         | 403 | E0000016 | RECOVERY",
        "activate        | PASSWORD_EXPIRED | 403 | E0000016 | PASSWORD_EXPIRED",
        "activate        | LOCKED_OUT       | 403 | E0000016 | LOCKED_OUT",
        "activate        | SUSPENDED        | 403 | E0000016 | SUSPENDED",
        "activate        | DEPROVISIONED    | 200 |          | PROVISIONED",
        "reactivate      | STAGED           | 403 | E0000038 | STAGED",
        "reactivate      | PROVISIONED      | 200 |          | PROVISIONED",
        "reactivate      | ACTIVE           | 403 | E0000038 | ACTIVE",
        "reactivate      | RECOVERY         | 200 |          | RECOVERY",
        "reactivate      | PASSWORD_EXPIRED | 403 | E0000038 | PASSWORD_EXPIRED",
        "reactivate      | LOCKED_OUT       | 403 | E0000038 | LOCKED_OUT",
        "reactivate      | SUSPENDED        | 403 | E0000038 | SUSPENDED",
        "reactivate      | DEPROVISIONED    | 403 | E0000038 | DEPROVISIONED",
        "deactivate      | STAGED           | 200 |          | DEPROVISIONED",
        "deactivate      | PROVISIONED      | 200 |          | DEPROVISIONED",
        "deactivate      | ACTIVE           | 200 |          | DEPROVISIONED",
        "deactivate      | RECOVERY         | 200 |          | DEPROVISIONED",
        "deactivate      | PASSWORD_EXPIRED | 200 |          | DEPROVISIONED",
        "deactivate      | LOCKED_OUT       | 200 |          | DEPROVISIONED",
        "deactivate      | SUSPENDED        | 200 |          | DEPROVISIONED",
        "deactivate      | DEPROVISIONED    | 404 | E0000007 | DEPROVISIONED",
        "suspend         | STAGED           | 400 | E0000001 | STAGED",
        "suspend         | PROVISIONED      | 200 |          | SUSPENDED",
        "suspend         | ACTIVE           | 200 |          | SUSPENDED",
        "suspend         | RECOVERY         | 200 |          | SUSPENDED",
        "suspend         | PASSWORD_EXPIRED | 200 |          | SUSPENDED",
        "suspend         | LOCKED_OUT       | 400 | E0000001 | LOCKED_OUT",
        "suspend         | SUSPENDED        | 400 | E0000001 | SUSPENDED",
        "suspend         | DEPROVISIONED    | 400 | E0000001 | DEPROVISIONED",
        "unsuspend       | STAGED           | 400 | E0000001 | STAGED",
        "unsuspend       | PROVISIONED      | 400 | E0000001 | PROVISIONED",
        "unsuspend       | ACTIVE           | 400 | E0000001 | ACTIVE",
        "unsuspend       | RECOVERY         | 400 | E0000001 | RECOVERY",
        "unsuspend       | PASSWORD_EXPIRED | 400 | E0000001 | PASSWORD_EXPIRED",
        "unsuspend       | LOCKED_OUT       | 400 | E0000001 | LOCKED_OUT",
        "unsuspend       | SUSPENDED        | 200 |          | ACTIVE",
        "unsuspend       | DEPROVISIONED    | 400 | E0000001 | DEPROVISIONED",
        "unlock          | STAGED           | 403 | E0000032 | STAGED",
        "unlock          | PROVISIONED      | 403 | E0000032 | PROVISIONED",
        "unlock          | ACTIVE           | 403 | E0000032 | ACTIVE",
        "unlock          | RECOVERY         | 403 | E0000032 | RECOVERY",
        "unlock          | PASSWORD_EXPIRED | 403 | E0000032 | PASSWORD_EXPIRED",
        "unlock          | LOCKED_OUT       | 200 |          | ACTIVE",
        "unlock          | SUSPENDED        | 403 | E0000032 | SUSPENDED",
        "unlock          | DEPROVISIONED    | 403 | E0000032 | DEPROVISIONED",
        "expire_password | ACTIVE           | 200 |          | PASSWORD_EXPIRED",
        "expire_password | STAGED           | 403 | E0000038 | STAGED",
        "expire_password | DEPROVISIONED    | 403 | E0000038 | DEPROVISIONED",
        "reset_password?sendEmail=false | ACTIVE        | 200 |          | RECOVERY",
        "reset_password?sendEmail=false | STAGED        | 403 | E0000038 | STAGED",
        "reset_password?sendEmail=false | DEPROVISIONED | 403 | E0000038 | DEPROVISIONED",
        "reset_factors   | ACTIVE           | 200 |          | ACTIVE",
        "reset_factors   | DEPROVISIONED    | 403 | E0000038 | DEPROVISIONED",
      })
  void eachOperationIsAllowedInSomeStatesOnly(
      String operation, String before, int status, String code, String after) {
    String user = calling.standing("one", before);

    Answer answer = calling.post("/users/" + user + "/lifecycle/" + operation, "");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code == null ? "" : code);
    assertThat(calling.status(user)).isEqualTo(after);
  }

  @Test
  void aRefusalSaysWhatRecordedOnesSay() {
    String user = calling.standing("one", "ACTIVE");
    String deactivated = calling.standing("two", "DEPROVISIONED");

    Answer unlock = calling.post("/users/" + user + "/lifecycle/unlock", "");
    Answer again = calling.post("/users/" + deactivated + "/lifecycle/deactivate", "");

    assertThat(unlock.json().path("errorSummary").asString())
        .isEqualTo("Unlock is not allowed for this user.");
    assertThat(unlock.cause()).isEqualTo("The user is not locked out.");
    assertThat(again.json().path("errorSummary").asString())
        .isEqualTo("Not found: Resource not found: " + deactivated + " (User)");
    assertThat(again.json().propertyNames())
        .containsExactly("errorCode", "errorSummary", "errorLink", "errorId", "errorCauses");
    assertThat(again.json().path("errorId").asString()).matches("oae.{22}");
  }

  @Test
  void theLinksOfAUserSayWhatMayBeDone() {
    String user = calling.staged("one");

    assertThat(links(user)).contains("activate", "self", "schema", "type");
    calling.post("/users/" + user + "/lifecycle/activate?sendEmail=false", "");
    assertThat(links(user)).contains("reactivate", "suspend", "resetPassword", "deactivate");
    calling.post("/users/" + user + "/lifecycle/deactivate", "");
    assertThat(links(user)).contains("activate", "delete").doesNotContain("deactivate");
    assertThat(calling.get("/users?filter=" + Calling.encoded("id eq \"" + user + "\"")).json())
        .allSatisfy(one -> assertThat(one.path("_links").propertyNames()).containsExactly("self"));
  }

  @Test
  void aRehireIsActivatedAndNotReactivated() {
    String user = calling.standing("one", "ACTIVE");
    calling.post("/users/" + user + "/lifecycle/deactivate", "");

    assertThat(calling.post("/users/" + user, Calling.person("other")).code())
        .isEqualTo("E0000007");
    assertThat(calling.post("/users/" + user + "/lifecycle/reactivate", "").status())
        .isEqualTo(403);
    assertThat(calling.post("/users/" + user + "/lifecycle/activate?sendEmail=false", "").status())
        .isEqualTo(200);
    assertThat(calling.status(user)).isEqualTo("PROVISIONED");
    assertThat(calling.post("/users/" + user, Calling.person("other")).status()).isEqualTo(200);
  }

  @Test
  void deletingTakesTwoCalls() {
    String user = calling.standing("one", "ACTIVE");

    assertThat(calling.delete("/users/" + user).status()).isEqualTo(204);
    assertThat(calling.status(user)).isEqualTo("DEPROVISIONED");
    assertThat(calling.delete("/users/" + user).status()).isEqualTo(204);
    assertThat(calling.get("/users/" + user).code()).isEqualTo("E0000007");
    assertThat(calling.staged("one")).isNotEqualTo(user);
  }

  @Test
  void whoeverDoesNotSayOtherwiseMailsPeople() {
    calling.post("/users", Calling.person("one"));
    String staged = calling.staged("two");
    calling.post("/users/" + staged + "/lifecycle/activate", "");
    String quiet = calling.staged("three");
    Answer token = calling.post("/users/" + quiet + "/lifecycle/activate?sendEmail=false", "");
    calling.post("/users/" + quiet + "/lifecycle/deactivate", "");

    JsonNode mails = calling.state("mails");
    assertThat(mails.valueStream().map(mail -> mail.path("to").asString()))
        .containsExactly("one@x.edu", "two@x.edu");
    assertThat(token.json().path("activationUrl").asString())
        .endsWith("/tokens/" + token.json().path("activationToken").asString() + "/verify");
  }

  @Test
  void anActivationUnderWayHoldsUpdatesOff() {
    calling.settings("{'activationMillis':30000}");
    String user = calling.staged("one");
    calling.post("/users/" + user + "/lifecycle/activate?sendEmail=false", "");

    assertThat(calling.get("/users/" + user).json().path("transitioningToStatus").asString())
        .isEqualTo("PROVISIONED");
    Answer early = calling.post("/users/" + user, "{'profile':{'title':'T'}}");
    calling.advance(31);
    Answer late = calling.post("/users/" + user, "{'profile':{'title':'T'}}");

    assertThat(List.of(early.status(), late.status())).containsExactly(409, 200);
    assertThat(early.code()).isEqualTo("E0000112");
    assertThat(calling.status(user)).isEqualTo("PROVISIONED");
  }

  @Test
  void aDeactivationMayBeLeftToItself() {
    String user = calling.standing("one", "ACTIVE");

    calling.send("POST", "/users/" + user + "/lifecycle/deactivate", "", "Prefer", "respond-async");

    assertThat(calling.get("/users/" + user).json().path("transitioningToStatus").asString())
        .isEqualTo("DEPROVISIONED");
    calling.advance(3);
    assertThat(calling.status(user)).isEqualTo("DEPROVISIONED");
  }

  private Iterable<String> links(String user) {
    return calling.get("/users/" + user).json().path("_links").propertyNames();
  }
}
