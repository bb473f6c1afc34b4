package dev.rollcall.simulators.hcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.hcm.Calling.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code q} understands, by version of the framework. */
class QueryTest {
  private final Calling calling;

  QueryTest(@TempDir Path directory) {
    calling = Calling.in(directory);
    calling.control.post("hcm/fill", "{'people':30,'plain':true}");
    calling.control.post("hcm/terminate", "{'personNumber':'100003','date':'2026-08-20'}");
    calling.control.post("hcm/terminate", "{'personNumber':'100004','date':'2026-08-30'}");
    calling.control.post("hcm/terminate", "{'personNumber':'100005','date':'2026-12-31'}");
    calling.control.post(
        "hcm/change", "{'personNumber':'100007','what':'email','value':'Seven@corp.example'}");
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PersonNumber = '100003'|100003",
        "PersonNumber='100003' or PersonNumber='100004'|100003 100004",
        "PersonNumber in ('100003', '100007')|100003 100007",
        "PersonNumber between '100003' and '100005'|100003 100004 100005",
        "PersonNumber like '10000_' and PersonNumber > '100007'|100008 100009",
        "PersonNumber <= '100001' and (PersonNumber <> '100000' or PersonId < 5)|100001",
        "workRelationships.TerminationDate is not null|100003 100004 100005",
        "workRelationships.TerminationDate between '2026-08-25' and '2026-09-01'|100004",
        "emails.EmailAddress = 'Seven@corp.example'|100007",
        "upper(emails.EmailAddress) = 'SEVEN@CORP.EXAMPLE'|100007",
        "emails.EmailAddress like 'Seven%'|100007",
        "PersonId is null|''",
      })
  void rowsAreMatchedFromVersionTwoOn(String q, String people) {
    for (String version : List.of("2", "4")) {
      Answer answer = ask("workers", q, version);

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.all("PersonNumber"))
          .containsExactlyElementsOf(people.isEmpty() ? List.of() : List.of(people.split(" ", -1)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PersonNumber=100003|100003",
        "TerminationDate>2026-08-25;TerminationDate<2026-09-30|100004",
        "TerminationDate>2026-08-25 and <2026-09-30|100004",
        "TerminationDate<2026-08-25 or >2026-09-30|100003 100005",
        "TerminationDate>=2026-08-30;PersonNumber=100005|100005",
      })
  void anExampleIsFollowedInVersionOne(String q, String people) {
    Answer answer = ask("emps", q, "");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.all("PersonNumber"))
        .containsExactlyElementsOf(List.of(people.split(" ", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LastUpdateDate >= '2026-01-01'",
        "emails.LastUpdateDate >= '2026-01-01'",
        "Nothing = 'x'",
        "nothing.EmailAddress = 'x'",
        "PersonNumber = 100003",
        "PersonId = '300000000010042'",
        "DateOfBirth > 2000-01-01",
        "DateOfBirth > 'yesterday'",
        "PersonNumber = '1' and",
        "PersonNumber = '1';PersonNumber = '2'",
        "PersonNumber = '1",
        "(PersonNumber = '1'",
        "PersonNumber like 1",
        "DateOfBirth like '2000%'",
        "PersonNumber is nothing",
        "PersonNumber in ()",
      })
  void whatCannotBeAskedIsRefusedInJson(String q) {
    Answer answer = ask("workers", q, "4");

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("title").asString()).isEqualTo("Bad Request");
    assertThat(answer.json().path("status").asString()).isEqualTo("400");
    JsonNode detail = answer.json().path("o:errorDetails").path(0);
    assertThat(detail.path("detail").asString()).isNotBlank();
    assertThat(detail.path("o:errorCode").asString()).isEqualTo("27514");
  }

  @Test
  void aMatchOfRowsIsNoExampleAndIsRefusedInWords() {
    Answer answer = ask("emps", "TerminationDate > '2026-08-25' and PersonNumber = '100004'", "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains("text/plain");
    assertThat(answer.text()).startsWith("The query parameter is invalid");
  }

  @Test
  void aRawPlusIsABlankAndNoPartOfAStamp() {
    String stamp = "LastUpdateDate%20%3E=%20'2020-01-01T00:00:00";

    assertThat(calling.get("emps?q=" + stamp + "+00:00'").status()).isEqualTo(400);
    assertThat(calling.get("emps?q=" + stamp + "%2B00:00'").status()).isEqualTo(200);
  }

  @Test
  void theDescriptionSaysWhatCanBeQueriedAndASettingChangesBoth() {
    assertThat(queryable("LastUpdateDate")).isFalse();
    assertThat(queryable("PersonNumber")).isTrue();

    calling.settings("{'queryable':{'workers.LastUpdateDate':true,'workers.PersonNumber':false}}");

    assertThat(queryable("LastUpdateDate")).isTrue();
    assertThat(ask("workers", "LastUpdateDate >= '2026-09-01'", "4").all("PersonNumber"))
        .containsExactly("100003", "100004", "100005");
    assertThat(ask("workers", "PersonNumber = '100003'", "4").status()).isEqualTo(400);
  }

  @Test
  void aFilterOnAChildChoosesPeopleAndLeavesTheirOtherRowsAlone() {
    calling.control.post("hcm/relate", "{'personNumber':'100009','date':'2026-08-01'}");

    Answer answer =
        calling.get(
            "workers?onlyData=true&expand=workRelationships&q="
                + Calling.encoded("workRelationships.StartDate = '2026-08-01'"));

    assertThat(answer.all("PersonNumber")).containsExactly("100009");
    assertThat(answer.items().getFirst().path("workRelationships").path("items")).hasSize(2);
  }

  @Test
  void aFinderFindsByPersonId() {
    long id = calling.control.get("hcm/people/100008").path("personId").asLong();

    assertThat(calling.get("workers?finder=findByPersonId;PersonId=" + id).all("PersonNumber"))
        .containsExactly("100008");
    assertThat(calling.get("workers?finder=findByNothing;A=1").status()).isEqualTo(400);
  }

  private boolean queryable(String attribute) {
    return calling
        .get("workers/describe")
        .json()
        .path("Resources")
        .path("workers")
        .path("attributes")
        .valueStream()
        .filter(one -> one.path("name").asString().equals(attribute))
        .findFirst()
        .orElseThrow()
        .path("queryable")
        .asBoolean();
  }

  private Answer ask(String resource, String q, String version) {
    return calling.get(
        resource + "?onlyData=true&orderBy=PersonId&q=" + Calling.encoded(q), version);
  }
}
