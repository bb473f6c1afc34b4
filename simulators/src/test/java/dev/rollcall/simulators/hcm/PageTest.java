package dev.rollcall.simulators.hcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.hcm.Calling.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pages, their envelope and what of a row they show. */
class PageTest {
  private final Calling calling;

  PageTest(@TempDir Path directory) {
    calling = Calling.in(directory);
    calling.control.post("hcm/fill", "{'people':600,'plain':true}");
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void aPageHasTwentyFiveRowsAndNeverMoreThanTheCap() {
    Answer usual = calling.get("workers?onlyData=true&orderBy=PersonId");
    Answer most = calling.get("workers?onlyData=true&orderBy=PersonId&limit=500");

    assertThat(usual.json().path("count").asInt()).isEqualTo(25);
    assertThat(usual.json().path("limit").asInt()).isEqualTo(25);
    assertThat(usual.json().path("hasMore").asBoolean()).isTrue();
    assertThat(usual.json().has("totalResults")).isFalse();
    assertThat(most.json().path("count").asInt()).isEqualTo(499);
    assertThat(most.json().path("limit").asInt()).isEqualTo(499);

    calling.settings("{'pageCap':500}");

    assertThat(calling.get("workers?limit=500").json().path("count").asInt()).isEqualTo(500);
  }

  @Test
  void theLinkToTheNextPageLeadsThroughEverybodyOnce() {
    HashSet<String> seen = new HashSet<>();
    int rows = 0;
    String next =
        "workers?onlyData=true&limit=250&fields=PersonNumber&orderBy=PersonId:desc&q="
            + Calling.encoded("PersonNumber > '100009'");
    while (!next.isEmpty()) {
      Answer answer = calling.get(next);
      rows += answer.items().size();
      seen.addAll(answer.all("PersonNumber"));
      assertThat(answer.link("self")).endsWith("/workers");
      next = answer.link("next");
    }

    assertThat(rows).isEqualTo(590);
    assertThat(seen).hasSize(590);

    calling.settings("{'nextLinks':false}");

    assertThat(calling.get("workers").link("next")).isEmpty();
  }

  @Test
  void withoutAnOrderThePagesOverlap() {
    List<String> first = calling.get("workers?limit=300").all("PersonNumber");
    List<String> second = calling.get("workers?limit=300&offset=300").all("PersonNumber");

    assertThat(second).containsAnyElementsOf(first);
    assertThat(calling.get("workers?orderBy=Nothing").status()).isEqualTo(400);
    assertThat(calling.get("workers?orderBy=PersonId:up").status()).isEqualTo(400);
  }

  @Test
  void theTotalIsCountedWhenAskedForAndWrongWhereThatIsSet() {
    String page = "workers?totalResults=true&limit=10&offset=100&orderBy=PersonId";

    assertThat(calling.get(page).json().path("totalResults").asInt()).isEqualTo(600);

    calling.settings("{'wrongTotals':true}");

    assertThat(calling.get(page).json().path("totalResults").asInt()).isEqualTo(500);
  }

  @Test
  void childrenAreListsUpToVersionTwoAndCollectionsFromVersionThreeOn() {
    JsonNode two = calling.get("workers?onlyData=true&expand=names", "2").items().getFirst();
    JsonNode three = calling.get("workers?onlyData=true&expand=names", "3").items().getFirst();

    assertThat(two.path("names").isArray()).isTrue();
    assertThat(three.path("names").path("items").size()).isEqualTo(1);
    assertThat(three.path("names").path("limit").asInt()).isEqualTo(25);
    assertThat(three.path("names").path("links").size()).isEqualTo(1);
    assertThat(three.has("links")).isFalse();
    assertThat(three.has("emails")).isFalse();
    assertThat(calling.get("workers", "ten").status()).isEqualTo(400);
  }

  @Test
  void fieldsWinOverExpandAndNameWhatThereIs() {
    JsonNode row =
        calling
            .get(
                "workers?onlyData=true&expand=emails&fields="
                    + Calling.encoded(
                        "PersonNumber;names:FirstName,LastName;workRelationships.assignments:LocationId"))
            .items()
            .getFirst();

    assertThat(row.propertyNames()).containsExactly("PersonNumber", "names", "workRelationships");
    assertThat(row.path("names").path("items").path(0).propertyNames())
        .containsExactly("LastName", "FirstName");
    assertThat(row.path("workRelationships").path("items").path(0).propertyNames())
        .containsExactly("assignments");
    assertThat(calling.get("workers?fields=Nothing").status()).isEqualTo(400);
    assertThat(calling.get("workers?expand=nothing").status()).isEqualTo(400);
  }

  @Test
  void everythingIsExpandedTwoLevelsDeep() {
    JsonNode row = calling.get("workers?limit=1&expand=all").items().getFirst();

    assertThat(row.path("workRelationships").path("items").path(0).has("assignments")).isTrue();
    assertThat(row.path("citizenships").path("items").path(0).propertyNames())
        .startsWith("CitizenshipId", "Citizenship", "FromDate", "ToDate", "CitizenshipStatus");
    assertThat(row.path("links").valueStream().map(one -> one.path("rel").asString()))
        .contains("self", "canonical", "child");
  }

  @Test
  void anItemAndItsChildrenHaveAddressesThatEndWithTheDay() {
    JsonNode row = calling.get("workers?limit=1&orderBy=PersonId").items().getFirst();
    String self = row.path("links").path(0).path("href").asString();

    assertThat(calling.get(self).json().path("PersonId")).isEqualTo(row.path("PersonId"));
    assertThat(calling.get(self + "/child/names").items()).hasSize(1);
    assertThat(calling.get(self + "/child/workRelationships").items()).hasSize(1);
    assertThat(calling.get(self + "/child/nothing").status()).isEqualTo(404);
    String id = row.path("PersonId").asString();
    assertThat(calling.get("workers/" + id).status()).isEqualTo(404);

    calling.control.post("clock", "{'advanceSeconds':86400}");
    JsonNode later = calling.get("workers?limit=1&orderBy=PersonId").items().getFirst();

    assertThat(later.path("links").path(0).path("href").asString()).isNotEqualTo(self);
    assertThat(calling.get(self).status()).isEqualTo(200);
  }

  @Test
  void aDayShowsTheRowsThatHoldOnIt() {
    calling.control.post("hcm/hire", "{'people':1,'inDays':10}");
    calling.control.post(
        "hcm/change",
        "{'personNumber':'100002','what':'futureLastName','value':'Later','date':'2026-10-01'}");
    String late = Calling.encoded("PersonNumber = '100600'");
    String other = Calling.encoded("PersonNumber = '100002'");

    assertThat(calling.get("workers?q=" + late).items()).isEmpty();
    assertThat(calling.get("workers?effectiveDate=2026-09-11&q=" + late).items()).hasSize(1);
    assertThat(calling.get("workers?effectiveDate=soon").status()).isEqualTo(400);
    assertThat(lastName(calling.get("workers?expand=names&q=" + other))).isNotEqualTo("Later");
    assertThat(lastName(calling.get("workers?expand=names&effectiveDate=2026-10-01&q=" + other)))
        .isEqualTo("Later");
  }

  private static String lastName(Answer answer) {
    return answer
        .items()
        .getFirst()
        .path("names")
        .path("items")
        .path(0)
        .path("LastName")
        .asString();
  }

  @Test
  void aReaderIgnoresTheHeaderOfWritersAndCannotWrite() {
    Answer answer =
        calling.send(
            calling
                .request("workers?limit=1")
                .header("Authorization", Calling.basic("user", "word"))
                .header("Effective-Of", "RangeStartDate=2000-01-01")
                .build());

    assertThat(answer.items()).hasSize(1);
    assertThat(
            calling
                .send(
                    calling
                        .request("workers")
                        .header("Authorization", Calling.basic("user", "word"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build())
                .status())
        .isEqualTo(405);
  }

  @Test
  void whatACallerMayNotSeeIsLeftOut() {
    calling.settings(
        "{'hidden':['workers.DateOfBirth','workers.citizenships'],'visiblePercent':50}");

    JsonNode row = calling.get("workers?limit=1&expand=all").items().getFirst();

    assertThat(row.has("DateOfBirth")).isFalse();
    assertThat(row.has("citizenships")).isFalse();
    assertThat(calling.get("workers?totalResults=true").json().path("totalResults").asInt())
        .isBetween(200, 400);
  }

  @Test
  void locationsAreMoreThanAPageAndDated() {
    List<JsonNode> all = calling.everything("locations", "orderBy=LocationId", "4");

    assertThat(all).hasSize(130);
    assertThat(all).extracting(one -> one.path("LocationId").asLong()).doesNotHaveDuplicates();
    assertThat(all).anyMatch(one -> one.path("ActiveStatus").asString().equals("I"));
    JsonNode now = all.get(17);
    JsonNode then =
        calling.everything("locations", "orderBy=LocationId&effectiveDate=2026-12-01", "4").get(17);
    assertThat(then.path("LocationId")).isEqualTo(now.path("LocationId"));
    assertThat(then.path("LocationName")).isNotEqualTo(now.path("LocationName"));
  }
}
