package dev.rollcall.connector.oraclehcm;

import static dev.rollcall.connector.oraclehcm.Workers.children;
import static dev.rollcall.connector.oraclehcm.Workers.emp;
import static dev.rollcall.connector.oraclehcm.Workers.relation;
import static dev.rollcall.connector.oraclehcm.Workers.row;
import static dev.rollcall.connector.oraclehcm.Workers.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the rows of the two resources say about a person ({@code facts/oracle-hcm.md §5}). */
class ShapeTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 10, 1);
  private static final long ID = Workers.FIRST;

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static WorkerRecord read(WorkerShape shape, Map<String, @Nullable Object>... rows) {
    List<JsonNode> nodes = new ArrayList<>();
    for (Map<String, @Nullable Object> one : rows) {
      nodes.add(JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(one)));
    }
    return shape.read(Long.toString(ID), nodes, TODAY);
  }

  private static WorkerRecord workers(Map<String, @Nullable Object> row) {
    return read(new WorkersShape(), row);
  }

  @Test
  void bothResourcesSayTheSameOfAPersonWhereBothSayIt() {
    WorkerRecord nested = workers(worker(ID, "Testwell", null));
    WorkerRecord flat = read(new EmpsShape(), emp(ID, "Testwell", null));
    for (String field : WorkerRecord.FIELDS) {
      if (nested.fields().containsKey(field) && flat.fields().containsKey(field)) {
        assertThat(nested.fields().get(field)).as(field).isEqualTo(flat.fields().get(field));
      }
    }
    assertThat(nested.fields()).doesNotContainKey("userName");
    assertThat(flat.fields()).doesNotContainKey("secondEmail");
    assertThat(flat.text("mobilePhone")).isEqualTo("+1 555 0100143");
    assertThat(flat.text("zipCode")).isEqualTo("02704");
    assertThat(flat.text("locationId")).isEqualTo("501");
    assertThat(flat.text("personId")).isEqualTo(Long.toString(ID));
    assertThat(WorkerRecord.of(flat.personId(), flat.json())).isEqualTo(flat);
  }

  @Test
  void nullIsClearedAndWhatIsNotGivenIsNotKnown() {
    Map<String, @Nullable Object> row = worker(ID, "Testwell", null);
    row.put("DateOfBirth", null);
    row.remove("emails");
    row.remove("workRelationships");
    WorkerRecord record = workers(row);
    assertThat(record.fields().get("dateOfBirth")).isEqualTo(new Value.Cleared());
    assertThat(record.fields().get("middleName")).isEqualTo(new Value.Cleared());
    assertThat(record.fields())
        .doesNotContainKeys("email", "terminationDate", "hireDate", "locationId");
    assertThat(record.json()).contains("\"dateOfBirth\":null").doesNotContain("\"email\"");
  }

  @Test
  void withoutAWorkAddressThereIsNoneAndOfSeveralThePrimaryOne() {
    Map<String, @Nullable Object> row = worker(ID, "Testwell", null);
    row.put("emails", children(mail("H1", "a@home.example", null, false)));
    WorkerRecord none = workers(row);
    assertThat(none.fields().get("email")).isEqualTo(new Value.Cleared());
    assertThat(none.text("secondEmail")).isEqualTo("a@home.example");
    row.put(
        "emails",
        children(
            mail("W1", "old@corp.example", "2026-09-30", true),
            mail("W1", "two@corp.example", null, false),
            mail("W1", "one@corp.example", null, true)));
    assertThat(workers(row).text("email")).isEqualTo("one@corp.example");
    row.put(
        "emails",
        children(
            mail("W1", "two@corp.example", null, false),
            mail("W1", "one@corp.example", null, false)));
    assertThatThrownBy(() -> workers(row))
        .isInstanceOf(UnusableRow.class)
        .hasMessageContaining("several e-mail addresses")
        .hasMessageNotContaining("corp.example");
  }

  private static Map<String, @Nullable Object> mail(
      String type, String address, @Nullable String to, boolean primary) {
    return row(
        "EmailType", type,
        "EmailAddress", address,
        "FromDate", "2019-01-01",
        "ToDate", to,
        "PrimaryFlag", primary);
  }

  @Test
  void whoWasRehiredHasNotLeft() {
    Map<String, @Nullable Object> row = worker(ID, "Testwell", null);
    row.put(
        "workRelationships",
        children(relation("2019-06-03", "2026-01-31", true), relation("2026-05-01", null, false)));
    assertThat(workers(row).fields().get("terminationDate")).isEqualTo(new Value.Cleared());
    assertThat(workers(row).text("hireDate")).isEqualTo("2026-05-01");
    row.put(
        "workRelationships",
        children(relation("2026-05-01", null, false), relation("2019-06-03", null, true)));
    assertThat(workers(row).text("hireDate")).isEqualTo("2019-06-03");
    row.put(
        "workRelationships",
        children(relation("2019-06-03", null, false), relation("2026-05-01", null, false)));
    assertThat(workers(row).text("hireDate")).isEqualTo("2026-05-01");
    // Who left and is to come back is away until then; on the last day they are still there.
    row.put(
        "workRelationships",
        children(relation("2019-06-03", "2026-09-30", true), relation("2026-12-01", null, true)));
    assertThat(workers(row).left(TODAY)).isTrue();
    row.put(
        "workRelationships",
        children(relation("2019-06-03", "2026-10-01", false), relation("2026-10-02", null, true)));
    assertThat(workers(row).lastDay()).isEqualTo(TODAY);
    assertThat(workers(row).left(TODAY)).isFalse();
    WorkerRecord flat =
        read(
            new EmpsShape(), emp(ID, "Testwell", "2026-01-31"), rehired(emp(ID, "Testwell", null)));
    assertThat(flat.text("hireDate")).isEqualTo("2026-05-01");
    assertThat(flat.lastDay()).isNull();
  }

  private static Map<String, @Nullable Object> rehired(Map<String, @Nullable Object> row) {
    row.put("HireDate", "2026-05-01");
    return row;
  }

  @Test
  void ofTwoCitizenshipsTheOneWithoutAnEndCountsAndTwoOfThemAreNotChosenFrom() {
    WorkerRecord one =
        read(new EmpsShape(), citizen(1L, "FR", "2020-01-01"), citizen(2L, "US", null));
    assertThat(one.text("citizenshipId")).isEqualTo("2");
    assertThat(one.text("citizenshipLegislationCode")).isEqualTo("US");
    assertThatThrownBy(
            () -> read(new EmpsShape(), citizen(1L, "FR", null), citizen(2L, "US", null)))
        .isInstanceOf(UnusableRow.class)
        .hasMessageContaining("several citizenships");
    Map<String, @Nullable Object> row = worker(ID, "Testwell", null);
    row.put(
        "citizenships",
        children(
            row(
                "CitizenshipId",
                1L,
                "CitizenshipStatus",
                "A",
                "LegislationCode",
                "FR",
                "ToDate",
                "2020-01-01"),
            row(
                "CitizenshipId",
                2L,
                "CitizenshipStatus",
                "A",
                "LegislationCode",
                "US",
                "ToDate",
                null)));
    assertThat(workers(row).text("citizenshipLegislationCode")).isEqualTo("US");
    Map<String, @Nullable Object> other = citizen(2L, "US", null);
    other.put("LastName", "Other");
    assertThatThrownBy(() -> read(new EmpsShape(), citizen(2L, "US", null), other))
        .hasMessageContaining("contradict");
  }

  private static Map<String, @Nullable Object> citizen(long id, String code, @Nullable String to) {
    Map<String, @Nullable Object> row = emp(ID, "Testwell", null);
    row.put("CitizenshipId", id);
    row.put("CitizenshipStatus", "A");
    row.put("CitizenshipLegislationCode", code);
    row.put("CitizenshipToDate", to);
    return row;
  }

  @Test
  void datesAreDaysAndTheOpenEndIsNone() {
    WorkerRecord open = workers(worker(ID, "Testwell", "4712-12-31"));
    assertThat(open.lastDay()).isNull();
    assertThat(workers(worker(ID, "T", "2026-08-30T07:41:19.617+00:00")).lastDay())
        .isEqualTo(LocalDate.of(2026, 8, 30));
    assertThatThrownBy(() -> workers(worker(ID, "T", "30-AUG-2026")))
        .isInstanceOf(UnusableRow.class)
        .hasMessage("TerminationDate is no date");
  }

  @Test
  void theNameInEffectIsTakenAndOfTheCountryOfTheWork() {
    Map<String, @Nullable Object> row = worker(ID, "Testwell", null);
    row.put(
        "names",
        children(
            name(1, "2019-06-03", "2026-09-30", "US", "Before"),
            name(2, "2026-10-01", "4712-12-31", "FR", "Autre"),
            name(3, "2026-10-01", "4712-12-31", "US", "Now"),
            name(4, "2026-11-01", "4712-12-31", "US", "Later")));
    assertThat(workers(row).text("lastName")).isEqualTo("Now");
    assertThat(workers(row).text("effectiveStartDate")).isEqualTo("2026-10-01");
  }

  private static Map<String, @Nullable Object> name(
      long id, String from, String to, String legislation, String last) {
    return row(
        "PersonNameId", id,
        "EffectiveStartDate", from,
        "EffectiveEndDate", to,
        "LegislationCode", legislation,
        "LastName", last);
  }

  @Test
  void moreChildrenThanCameAreNotGuessedAt() {
    Map<String, @Nullable Object> row = worker(ID, "Testwell", null);
    Map<String, @Nullable Object> phones = children();
    phones.put("hasMore", true);
    row.put("phones", phones);
    assertThatThrownBy(() -> workers(row)).hasMessageContaining("more phones");
  }

  @Test
  void theSamplesOfOneNamedPersonAreReadAlike() throws IOException {
    WorkerRecord nested = sample("workers-v4-page.json", new WorkersShape());
    WorkerRecord flat = sample("emps-page.json", new EmpsShape());
    List<String> same =
        List.of(
            "firstName",
            "lastName",
            "middleName",
            "displayName",
            "email",
            "countryCode",
            "zipCode",
            "personNumber",
            "personId",
            "dateOfBirth",
            "legalEntityId",
            "hireDate",
            "effectiveStartDate",
            "workerType",
            "locationId",
            "departmentId");
    assertThat(same)
        .allSatisfy(field -> {
          assertThat(nested.text(field)).as(field).isNotNull();
          assertThat(flat.text(field)).as(field).isEqualTo(nested.text(field));
        });
    assertThat(nested.text("mobilePhone")).isEqualTo("+1 555 010-0143");
    assertThat(nested.text("terminationDate")).isEqualTo("2026-12-31");
    assertThat(nested.left(LocalDate.of(2026, 12, 31))).isFalse();
    assertThat(nested.left(LocalDate.of(2027, 1, 1))).isTrue();
    assertThat(flat.text("userName")).isEqualTo("avery.testwell@corp.example");
    assertThat(flat.text("citizenshipStatus")).isEqualTo("A");
    assertThat(flat.text("militaryVetStatus")).isEqualTo("N");
  }

  private static WorkerRecord sample(String name, WorkerShape shape) throws IOException {
    JsonNode page = JsonMapper.shared().readTree(Files.readString(shared(name)));
    JsonNode item = page.path("items").path(0);
    return shape.read(item.path("PersonId").asString(), List.of(item), TODAY);
  }

  /** The sample; the test that asks is skipped where it is not there. */
  private static Path shared(String name) {
    Optional<Path> file =
        Stream.<@Nullable Path>iterate(
                Path.of("").toAbsolutePath(),
                Objects::nonNull,
                folder -> Objects.requireNonNull(folder).getParent())
            .map(folder ->
                Objects.requireNonNull(folder).resolve("shared/samples/oracle-hcm").resolve(name))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(file.isPresent(), "no shared/samples/oracle-hcm/" + name + " above this folder");
    return file.orElseThrow();
  }

  @Test
  void questionsAreAskedInTheGrammarOfTheFrameworkVersion() {
    assertThat(question(4)).isEqualTo("A >= '2026-01-01' and A < '2026-02-01' and B = 5");
    assertThat(question(1)).isEqualTo("A>=2026-01-01 and <2026-02-01;B=5");
    assertThat(new Question(4).and("Name", "=", "O'Hara", false).text())
        .isEqualTo("Name = 'O''Hara'");
    assertThat(Question.oneOf(Arrays.asList("1", "2"))).isEqualTo("PersonId in (1,2)");
  }

  private static String question(int framework) {
    return new Question(framework)
        .and("A", ">=", "2026-01-01", false)
        .and("A", "<", "2026-02-01", false)
        .and("B", "=", "5", true)
        .text();
  }
}
