package dev.rollcall.connector.peoplesoftqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private static final String EVERYBODY = "select OPRID from PEOPLE";
  private static final String ALL = "select * from PEOPLE where OPRID in (:oprids)";

  private final PeopleSoftTables tables = PeopleSoftTables.ofTheDocumentation();

  @BeforeEach
  void makePeople() {
    tables.run(
        "create table PEOPLE (OPRID varchar(30), EMPLID varchar(11), FIRST_NAME varchar(30), EMAIL_HOME varchar(70), BIRTHDATE date, SEEN timestamp, FTE numeric(9,4), TYPES varchar(50))");
    tables.run("create table HELD (OPRID varchar(30), CODE varchar(20))");
  }

  @AfterEach
  void close() {
    tables.close();
  }

  private Map<SubjectKey, Facts> fetch(String persons, @Nullable String types, String... oprids) {
    People people =
        new People(tables.database, new PersonQuery(persons, types, EVERYBODY), "hr", tables.clock);
    Collection<SubjectKey> subjects = new ArrayList<>();
    for (String oprid : oprids) {
      subjects.add(new SubjectKey("hr", oprid));
    }
    return people.fetch(subjects);
  }

  private static Map<String, Value> person(Map<SubjectKey, Facts> facts, String oprid) {
    Facts one = Objects.requireNonNull(facts.get(new SubjectKey("hr", oprid)), oprid);
    RecordFacts record = Objects.requireNonNull(one.record("PERSON"));
    assertThat(record.rows()).hasSize(1);
    return record.rows().getFirst().fields();
  }

  private static List<@Nullable String> types(Map<SubjectKey, Facts> facts, String oprid) {
    Facts one = Objects.requireNonNull(facts.get(new SubjectKey("hr", oprid)), oprid);
    RecordFacts record = Objects.requireNonNull(one.record("IDENTITY_TYPE"));
    assertThat(record.complete()).isTrue();
    List<@Nullable String> types = new ArrayList<>();
    record
        .rows()
        .forEach(row ->
            types.add(Objects.requireNonNull(row.fields().get("IDENTITY_TYPE")).textOrNull()));
    return types;
  }

  @Test
  void eachColumnIsAFieldAndWhatIsBlankIsCleared() {
    tables.run(
        "insert into PEOPLE values ('ANN', '0000012345', '  Zoë ', ' ', '1990-02-03', '2026-01-02 03:04:05.123456', 0.5000, ' ')");

    Map<String, Value> person = person(fetch(ALL, null, "ANN"), "ANN");

    assertThat(person)
        .isEqualTo(
            Map.of(
                "EMPLID", new Value.Text("0000012345"),
                "FIRST_NAME", new Value.Text("Zoë"),
                "EMAIL_HOME", new Value.Cleared(),
                "BIRTHDATE", new Value.Text("1990-02-03"),
                "SEEN", new Value.Text("2026-01-02T03:04:05.123456"),
                "FTE", new Value.Text("0.5"),
                "TYPES", new Value.Cleared()));
  }

  @Test
  void nullIsClearedAndAColumnThatTheQueryLacksIsAbsent() {
    tables.run("insert into PEOPLE (OPRID) values ('ANN')");

    Map<SubjectKey, Facts> facts =
        fetch(
            "select OPRID, EMAIL_HOME, BIRTHDATE, FTE from PEOPLE where OPRID in (:oprids)",
            null,
            "ANN");

    Value cleared = new Value.Cleared();
    assertThat(person(facts, "ANN"))
        .isEqualTo(Map.of("EMAIL_HOME", cleared, "BIRTHDATE", cleared, "FTE", cleared));
    Facts ann = Objects.requireNonNull(facts.get(new SubjectKey("hr", "ANN")));
    assertThat(Objects.requireNonNull(ann.record("PERSON")).complete())
        .as("what the query lacks is not known to be empty")
        .isFalse();
    assertThat(ann.record("IDENTITY_TYPE")).as("nobody asked for them").isNull();
  }

  @Test
  void identityTypesComeFromAListInAColumn() {
    tables.run(
        "insert into PEOPLE (OPRID, TYPES) values ('ANN', ' Staff, Faculty ,,Staff'), ('BOB', ' ')");

    Map<SubjectKey, Facts> facts =
        fetch(
            "select OPRID, TYPES as identity_types from PEOPLE where OPRID in (:oprids)",
            null,
            "ANN",
            "BOB");

    assertThat(types(facts, "ANN")).containsExactly("Staff", "Faculty");
    assertThat(types(facts, "BOB")).isEmpty();
    assertThat(person(facts, "ANN")).doesNotContainKey("IDENTITY_TYPES");
  }

  @Test
  void identityTypesComeFromAQueryOfTheirOwn() {
    tables.run("insert into PEOPLE (OPRID) values ('ANN'), ('BOB')");
    tables.run("insert into HELD values ('ANN', 'Student'), ('ANN', 'Staff'), ('ANN', ' ')");

    Map<SubjectKey, Facts> facts =
        fetch(
            ALL,
            "select OPRID, CODE as IDENTITY_TYPE from HELD where OPRID in (:oprids)",
            "ANN",
            "BOB");

    assertThat(types(facts, "ANN")).containsExactlyInAnyOrder("Student", "Staff");
    assertThat(types(facts, "BOB")).isEmpty();
  }

  @Test
  void identityTypesInTwoPlacesAreRefused() {
    tables.run("insert into PEOPLE (OPRID) values ('ANN')");

    assertThatThrownBy(() ->
            fetch(
                "select OPRID, TYPES as IDENTITY_TYPES from PEOPLE where OPRID in (:oprids)",
                "select OPRID, CODE as IDENTITY_TYPE from HELD where OPRID in (:oprids)",
                "ANN"))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID))
        .hasMessageContaining("IDENTITY_TYPES");
  }

  @Test
  void aQueryMayAskForOnePersonAtATime() {
    tables.run("insert into PEOPLE (OPRID) values ('ANN'), ('BOB'), ('CAT')");

    assertThat(
            fetch(
                "select OPRID from PEOPLE where OPRID = :oprid and :today = date '2026-11-20'",
                null,
                "ANN",
                "CAT",
                "DAN"))
        .containsOnlyKeys(new SubjectKey("hr", "ANN"), new SubjectKey("hr", "CAT"));
  }

  @Test
  void moreThanOneListOfPeopleIsAskedFor() {
    tables.run("insert into PEOPLE (OPRID) select 'P' || n from generate_series(1, 1201) n");
    String[] oprids = new String[1201];
    java.util.Arrays.setAll(oprids, number -> "P" + (number + 1));

    assertThat(fetch(ALL, null, oprids)).hasSize(1201);
  }

  @Test
  void nobodyIsAskedForWhenThePeopleAreOfAnotherSource() {
    People people =
        new People(
            tables.database, new PersonQuery("no SQL :oprid", null, "x"), "hr", tables.clock);

    assertThat(people.fetch(List.of(new SubjectKey("campus", "ANN")))).isEmpty();
  }

  @Test
  void twoRowsForOnePersonAreNeverGuessedAbout() {
    tables.run("insert into PEOPLE (OPRID, FIRST_NAME) values ('ANN', 'Secret'), ('ANN', 'Other')");

    assertThatThrownBy(() -> fetch(ALL, null, "ANN"))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID))
        .hasMessageContaining("ANN")
        .hasMessageNotContaining("Secret");
  }

  @Test
  void anAnswerAboutSomebodyElseIsRefused() {
    tables.run("insert into PEOPLE (OPRID) values ('ANN'), ('BOB')");

    assertThatThrownBy(
            () -> fetch("select OPRID from PEOPLE where 'ANN' in (:oprids)", null, "ANN"))
        .hasMessageContaining("BOB");
  }

  @Test
  void aQueryWithoutOpridOrWithAColumnTwiceIsRefused() {
    tables.run("insert into PEOPLE (OPRID) values ('ANN')");

    assertThatThrownBy(() -> fetch("select EMPLID from PEOPLE where OPRID = :oprid", null, "ANN"))
        .hasMessageContaining("no column OPRID, only [EMPLID]");
    assertThatThrownBy(() ->
            fetch(
                "select OPRID, EMPLID, TYPES as emplid from PEOPLE where OPRID = :oprid",
                null,
                "ANN"))
        .hasMessageContaining("EMPLID twice");
  }

  @Test
  void aQueryThatAsksForNobodyIsRefusedBeforeItIsUsed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PersonQuery("select OPRID from PEOPLE", null, EVERYBODY))
        .withMessageContaining(":oprids");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PersonQuery(ALL, "select OPRID from HELD", EVERYBODY))
        .withMessageContaining("identityTypes");
  }

  @Test
  void everybodyIsKnownAPartAtATime() {
    tables.run("insert into PEOPLE (OPRID) values ('C'), ('A'), ('B'), ('D'), ('E')");
    People people =
        new People(tables.database, new PersonQuery(ALL, null, EVERYBODY), "hr", tables.clock);

    List<String> seen = new ArrayList<>();
    @Nullable String after = null;
    List<SubjectKey> part;
    do {
      part = people.known(after, 2);
      part.forEach(subject -> seen.add(subject.id()));
      after = part.isEmpty() ? null : part.getLast().id();
    } while (part.size() == 2);

    assertThat(seen).containsExactly("A", "B", "C", "D", "E");
  }
}
