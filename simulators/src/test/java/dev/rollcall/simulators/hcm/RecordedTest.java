package dev.rollcall.simulators.hcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.simulators.hcm.Calling.Answer;
import dev.rollcall.simulators.state.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The pages that are kept beside the repository, asked for again: the same status, and a body with
 * at least the same properties of the same kinds, with the values that the person was given.
 */
class RecordedTest {
  private static final Path SAMPLES = Path.of("../../shared/samples/oracle-hcm");
  private static final String AVERY =
      """
      {'personId':300000000010042,'personNumber':'100042','dateOfBirth':'1988-03-14',
       'created':'2019-05-20T15:02:11Z','updated':'2026-08-30T07:41:19.617Z',
       'userName':'avery.testwell@corp.example',
       'names':[{'id':300000000050042,'from':'2019-06-03','to':'4712-12-31','legislation':'US',
         'title':'MS.','first':'Avery','middle':'Quinn','last':'Testwell','knownAs':'Ave',
         'previousLast':null,'display':'Avery Testwell'}],
       'emails':[{'id':300000000060042,'type':'W1','address':'avery.testwell@corp.example',
         'from':'2019-06-03','to':null,'primary':true,'updated':'2019-05-20T15:02:11Z'}],
       'phones':[{'id':300000000070041,'type':'W1','legislation':'US','countryCode':'1',
         'area':'555','number':'0100142','extension':null,'from':'2019-06-03','to':null,
         'primary':false},
         {'id':300000000070042,'type':'WM','legislation':'US','countryCode':'1','area':'555',
         'number':'010-0143','extension':null,'from':'2019-06-03','to':null,'primary':true}],
       'addresses':[{'id':300000000080042,'from':'2019-06-03','to':'4712-12-31','type':'HOME',
         'line1':'12 Example Street','line2':null,'town':'Springfield','region1':'Sample County',
         'region2':'IL','country':'US','postalCode':'62704','primary':true}],
       'citizenships':[{'id':300000000020042,'country':'US','status':'A','from':'1988-03-14',
         'to':null}],
       'legislation':[{'id':300000000021042,'from':'2019-06-03','to':'4712-12-31',
         'legislation':'US','gender':'F','marital':'S','militaryVet':'N'}],
       'relationships':[{'id':300000000040042,'legislation':'US','legalEntityId':300000000000101,
         'legalEmployer':'Sample US Legal Entity','type':'E','primary':true,'start':'2019-06-03',
         'termination':%s,'notified':%s,'updated':'2026-08-30T07:41:19.617Z',
         'assignments':[{'id':300000000030042,'number':'E100042','name':'Support Analyst',
           'from':'2024-01-01','to':'4712-12-31','action':'HIRE','active':true,'primary':true,
           'departmentId':300000000000701,'departmentName':'Customer Support',
           'locationId':300000000000501,'managerId':300000000010001}]}]}
      """;

  private final Calling calling;

  RecordedTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void thePageOfWorkersIsAnsweredAsItWasRecorded() throws IOException {
    JsonNode sample = sample("workers-v4-page.json");
    calling.control.post("hcm/worker", AVERY.formatted("'2026-12-31'", "'2026-08-15'"));

    Answer answer =
        calling.get(
            "workers?onlyData=true&expand=names,emails,phones,addresses,workRelationships.assignments&q="
                + Calling.encoded("PersonNumber = '100042'"));

    assertThat(answer.status()).isEqualTo(200);
    alike(sample, answer.json(), "");
    JsonNode item = answer.items().getFirst();
    JsonNode wanted = sample.path("items").path(0);
    assertThat(item.path("PersonId")).isEqualTo(wanted.path("PersonId"));
    assertThat(item.path("LastUpdateDate")).isEqualTo(wanted.path("LastUpdateDate"));
    assertThat(item.path("CreationDate")).isEqualTo(wanted.path("CreationDate"));
    assertThat(item.path("workRelationships").path("items").path(0).path("TerminationDate"))
        .isEqualTo(wanted.path("workRelationships").path("items").path(0).path("TerminationDate"));
    assertThat(names(answer.json())).isEqualTo(names(sample));
  }

  @Test
  void thePageOfEmployeesIsAnsweredAsItWasRecorded() throws IOException {
    JsonNode sample = sample("emps-page.json");
    calling.control.post("hcm/worker", AVERY.formatted("null", "null"));

    Answer answer =
        calling.get(
            "emps?expand=assignments&totalResults=true&q="
                + Calling.encoded("PersonId=300000000010042"),
            "");

    assertThat(answer.status()).isEqualTo(200);
    alike(sample, answer.json(), "");
    assertThat(names(answer.json())).isEqualTo(names(sample));
    assertThat(names(answer.items().getFirst())).isEqualTo(names(sample.path("items").path(0)));
    JsonNode wanted = sample.path("items").path(0);
    for (String attribute :
        new String[] {
          "FirstName",
          "MiddleName",
          "WorkEmail",
          "PostalCode",
          "LegalEntityId",
          "HireDate",
          "TerminationDate",
          "MaritalStatus",
          "CitizenshipId",
          "CitizenshipStatus",
          "CitizenshipLegislationCode",
          "MilitaryVetStatus",
          "LastUpdateDate",
          "WorkerType"
        }) {
      assertThat(answer.items().getFirst().path(attribute))
          .as(attribute)
          .isEqualTo(wanted.path(attribute));
    }
    assertThat(answer.link("self")).endsWith("/hcmRestApi/resources/11.13.18.05/emps");
  }

  @Test
  void thePageOfLocationsIsAnsweredAsItWasRecorded() throws IOException {
    JsonNode sample = sample("locations-page.json");
    calling.control.post("hcm/fill", "{'people':1}");

    Answer answer =
        calling.get("locations?onlyData=true&q=" + Calling.encoded("LocationId = 300000000000501"));

    assertThat(answer.status()).isEqualTo(200);
    alike(sample, answer.json(), "");
    assertThat(names(answer.items().getFirst())).isEqualTo(names(sample.path("items").path(0)));
    assertThat(answer.all("LocationName")).containsExactly("Springfield Headquarters");
  }

  @Test
  void theFeedOfTerminationsIsNotOffered() throws IOException {
    assumeThat(sample("atom-termination.json").has("feed")).isTrue();

    Answer answer =
        calling.get(calling.address() + "/hcmRestApi/atomservlet/employee/termination?page=1");

    assertThat(answer.status()).isEqualTo(404);
  }

  private static JsonNode sample(String name) throws IOException {
    Path file = SAMPLES.resolve(name);
    assumeThat(file).as("the samples lie beside the repository").exists();
    return Json.MAPPER.readTree(Files.readString(file));
  }

  private static List<String> names(JsonNode object) {
    return object.propertyNames().stream().toList();
  }

  /** Whatever was recorded is there, of the same kind. */
  private static void alike(JsonNode recorded, JsonNode ours, String where) {
    if (recorded.isNull() || ours.isNull()) {
      return;
    }
    assertThat(ours.getNodeType()).as(where).isEqualTo(recorded.getNodeType());
    if (recorded.isObject()) {
      recorded.forEachEntry((name, value) -> {
        assertThat(ours.has(name)).as(where + "/" + name + " in " + ours).isTrue();
        alike(value, ours.path(name), where + "/" + name);
      });
    } else if (recorded.isArray() && !recorded.isEmpty()) {
      assertThat(ours.size()).as(where).isPositive();
      alike(recorded.path(0), ours.path(0), where + "/0");
    }
  }
}
