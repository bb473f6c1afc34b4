package dev.rollcall.connector.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.Exchange;
import dev.rollcall.spi.Call;
import dev.rollcall.testing.Shared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what Okta really answered, where the recordings lie beside the repository. */
class RecordedExchangesTest {

  private record Recorded(String method, String template, Exchange answer) {
    boolean is(String asked, String path) {
      return method.equals(asked) && template.equals(path);
    }
  }

  private static List<Recorded> recorded() {
    List<Recorded> all = new ArrayList<>();
    JsonNode file =
        JsonMapper.shared()
            .readTree(Shared.needed("samples/okta/recorded-exchanges.json").toFile());
    for (JsonNode one : file) {
      Map<String, String> headers = new HashMap<>();
      one.path("headers").forEachEntry((name, value) -> headers.put(name, value.asString()));
      all.add(
          new Recorded(
              one.path("method").asString(),
              one.path("template").asString(),
              new Exchange(
                  one.path("status").asInt(), headers, one.path("response").asString(""))));
    }
    return all;
  }

  @Test
  void everyRecordedUserIsRead() {
    int read = 0;
    for (Recorded one : recorded()) {
      if (!one.answer().success()) {
        continue;
      }
      if (one.is("GET", "/api/v1/users")) {
        assertThat(OktaJson.users(one.answer(), "it"))
            .isNotEmpty()
            .allSatisfy(RecordedExchangesTest::whole);
        read++;
      } else if (one.is("POST", "/api/v1/users")
          || one.is("GET", "/api/v1/users/{id}")
          || one.is("POST", "/api/v1/users/{id}")) {
        whole(OktaJson.user(one.answer(), "it"));
        read++;
      }
    }
    assertThat(read).isGreaterThanOrEqualTo(6);
  }

  private static void whole(OktaUser user) {
    assertThat(user.id()).matches("00u[0-9A-Za-z]{17}");
    assertThat(user.login()).contains("@");
    assertThat(user.profile().values()).doesNotContain("", "null");
  }

  @Test
  void everyRecordedGroupIsRead() {
    int read = 0;
    for (Recorded one : recorded()) {
      if (one.is("GET", "/api/v1/groups") || one.is("GET", "/api/v1/users/{id}/groups")) {
        assertThat(OktaJson.groups(one.answer(), "it"))
            .anyMatch(OktaGroup::takesMembers)
            .anyMatch(group -> group.name().equals("Everyone") && !group.takesMembers());
        read++;
      }
    }
    assertThat(read).isEqualTo(4);
  }

  @Test
  void everyRecordedRefusalIsUnderstood() {
    int read = 0;
    for (Recorded one : recorded()) {
      if (one.answer().status() >= 400) {
        OktaError error = OktaError.of(one.answer());
        // One of them came from something before Okta, and says none of Okta's codes.
        if (!one.answer().body().startsWith("{\"status\":404")) {
          assertThat(error.code()).isNotEmpty();
        }
        assertThat(error.text()).startsWith("HTTP " + one.answer().status()).hasSizeGreaterThan(12);
        read++;
      }
    }
    assertThat(read).isGreaterThan(10);
  }

  @Test
  void theRoomThatIsLeftIsReadFromEveryAnswerThatSaysIt() {
    int read = 0;
    for (Recorded one : recorded()) {
      if (one.answer().headers().containsKey("x-rate-limit-limit")) {
        Call.Room room = OktaHeaders.room(one.answer().headers());
        assertThat(room).isNotNull();
        assertThat(Objects.requireNonNull(room).resets())
            .isBetween(room.at().minusSeconds(2), room.at().plusSeconds(61));
        read++;
      }
    }
    assertThat(read).isGreaterThan(50);
  }

  @Test
  void aRecordedLinkLeadsToTheNextPage() {
    List<String> next = new ArrayList<>();
    for (Recorded one : recorded()) {
      OktaHeaders.next(one.answer().headers()).ifPresent(next::add);
    }
    assertThat(next).contains("after=000usfdsyqnIjEmHNm4x6&limit=1");
  }
}
