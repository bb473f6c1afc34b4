package dev.rollcall.connector.peoplesoftqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.connector.peoplesoftqueue.PeopleSoftDatabase.Settings;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.LineSource.Result;
import dev.rollcall.testing.TestDatabase;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleSoftDatabaseTest {
  private final PeopleSoftTables tables = PeopleSoftTables.ofTheDocumentation();

  @AfterEach
  void close() {
    tables.close();
  }

  private Settings settings(
      String url, String user, @Nullable String password, @Nullable String environment) {
    return new Settings(
        url, user, password, 2, Duration.ofMillis(1_500), Duration.ofSeconds(20), environment);
  }

  private PeopleSoftDatabase open(@Nullable String environment) {
    return new PeopleSoftDatabase(
        settings(tables.url, LocalPostgres.USER, TestDatabase.postgres().password(), environment),
        tables.clock);
  }

  private QueueSource queue(PeopleSoftDatabase database) {
    PersonQuery query = new PersonQuery("select :oprid", null, "select OPRID from PSOPRDEFN");
    return new QueueSource(
        database, QueueTables.ofTheSeed(), new People(database, query, "hr", tables.clock));
  }

  private static ConnectorException failure(Runnable work) {
    try {
      work.run();
    } catch (ConnectorException failure) {
      return failure;
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void itCallsItselfByItsOwnNameAndRemembersItForAFewSeconds() {
    String name = tables.one("select current_database()");
    assertThat(queue(tables.database).environment()).contains(name);

    tables.run("create table DBNAME (NAME varchar(8))");
    tables.run("insert into DBNAME values ('HRPRD ')");
    try (PeopleSoftDatabase database = open("select NAME from DBNAME")) {
      assertThat(database.environment()).isEqualTo("HRPRD");
      tables.run("update DBNAME set NAME = 'HRTST'");
      assertThat(database.environment()).isEqualTo("HRPRD");
      tables.clock.advance(Duration.ofSeconds(4));
      assertThat(database.environment()).isEqualTo("HRTST");
      tables.clock.advance(Duration.ofSeconds(4));
      tables.run("insert into DBNAME values ('HRPRD')");
      assertThat(failure(database::environment).kind()).isEqualTo(ErrorKind.UNREADABLE);
      tables.run("delete from DBNAME");
      assertThat(failure(database::environment).kind()).isEqualTo(ErrorKind.UNREADABLE);
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    try (PeopleSoftDatabase database =
        new PeopleSoftDatabase(
            settings("jdbc:postgresql://127.0.0.1:1/hr", "a", "b", null), tables.clock)) {
      assertThat(failure(() -> queue(database).open(1)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
      assertThat(failure(() -> queue(database).begun(List.of(new Line.Key("A", 1)))).kind())
          .isEqualTo(ErrorKind.UNAVAILABLE);
    }
  }

  @Test
  void aConnectionThatIsCutIsUnavailableAndTheNextOneWorks() {
    assertThat(queue(tables.database).open(1)).isEmpty();

    ConnectorException failure =
        failure(() ->
            tables.database.read(
                "cut",
                jdbc ->
                    jdbc.sql("select pg_terminate_backend(pg_backend_pid())")
                        .query()
                        .listOfRows()));

    assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(queue(tables.database).open(1)).isEmpty();
  }

  @Test
  void aWrongPasswordIsRefusedCredentials() {
    try (PeopleSoftDatabase database =
        new PeopleSoftDatabase(
            settings(tables.url, LocalPostgres.USER, "wrong-password", null), tables.clock)) {
      ConnectorException failure = failure(() -> queue(database).open(1));

      assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
      assertThat(failure).hasMessageNotContaining("wrong-password");
    }
  }

  @Test
  void aTableOrColumnThatIsMissingIsNamed() {
    tables.run("alter table PS_CHG_OK_REQ_DTL drop column CHG_LINE_ACTION");
    ConnectorException column = failure(() -> queue(tables.database).open(1));
    tables.run("drop table PS_CHG_OK_REQ_DTL");
    ConnectorException table = failure(() -> queue(tables.database).open(1));

    assertThat(column.kind()).isEqualTo(ErrorKind.INVALID);
    assertThat(column).hasMessageContaining("chg_line_action");
    assertThat(table.kind()).isEqualTo(ErrorKind.INVALID);
    assertThat(table).hasMessageContaining("ps_chg_ok_req_dtl");
  }

  @Test
  void whatTheDatabaseSaysOfValuesIsNotToldOn() {
    tables.run("alter table PS_CHG_OK_REQ_DTL alter CHG_OKTA_ID type varchar(4)");
    tables.run(
        "alter table PS_CHG_OK_REQ_DTL add constraint c check (ERROR_MSG not like '%Secret%')");
    tables.batch("A", 1, "ANN:CR8A");
    queue(tables.database).begun(List.of(new Line.Key("A", 1)));
    Result refused = new Result(new Line.Key("A", 1), LineStatus.COMP, "Secret", null);
    Result tooLong = new Result(new Line.Key("A", 1), LineStatus.COMP, null, "00uSecret");

    for (Result each : List.of(refused, tooLong)) {
      ConnectorException failure = failure(() -> queue(tables.database).report(List.of(each)));

      assertThat(failure).hasMessageContaining("SQLSTATE 2").hasNoCause();
      assertThat(failure).hasMessageNotContaining("Secret");
    }
    assertThat(tables.one("select CHG_LINE_STATUS from PS_CHG_OK_REQ_DTL")).isEqualTo("INPR");
  }

  @Test
  void theDocumentedRightsAreEnoughAndLessIsRefused() throws Exception {
    String user = "reader_" + ProcessHandle.current().pid();
    tables.run("create table PSOPRDEFN (OPRID varchar(30), EMPLID varchar(11))");
    for (String other :
        List.of(
            "PS_NAMES", "PS_EMAIL_ADDRESSES", "PS_PERSONAL_PHONE", "PS_JOB", "PS_SCC_AFL_PERSON")) {
      tables.run("create table " + other + " (EMPLID varchar(11))");
    }
    tables.run("drop role if exists " + user);
    tables.run("create role " + user + " login password 'x'");
    try (PeopleSoftDatabase database =
        new PeopleSoftDatabase(settings(tables.url, user, "x", null), tables.clock)) {
      ConnectorException refused = failure(() -> queue(database).open(1));
      assertThat(refused.kind()).isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
      assertThat(refused).hasMessageContaining("ps_chg_ok_req");

      for (String grant : PeopleSoftTables.documented("-- grants: postgresql").split(";", -1)) {
        if (!grant.isBlank()) {
          tables.run(grant.replace("to rollcall", "to " + user));
        }
      }
      tables.batch("A", 1, "ANN:CR8A");
      List<Line> open = queue(database).open(10);
      queue(database).begun(open.stream().map(Line::key).toList());
      queue(database)
          .report(List.of(new Result(new Line.Key("A", 1), LineStatus.COMP, "x", "00u1")));
      new CrossReference(database, QueueTables.ofTheSeed())
          .write(new CrossReference.Entry("ANN", "Staff", "00u1", "a@univ.edu"));
      assertThat(tables.batchStatus("A")).isEqualTo("COMP");
    } finally {
      tables.run("drop owned by " + user);
      tables.run("drop role " + user);
    }
  }

  @Test
  void anAddressIsNeverRepeated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of("jdbc:mysql://host/hr?password=secret1", null, null))
        .withMessageContaining("jdbc:oracle:thin:")
        .withMessageNotContaining("secret1");
    assertThat(Settings.of("jdbc:postgresql://host/hr?password=secret1", "a", "secret2").toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:oracle:thin:@//127.0.0.1:1/HRPRD",
        "jdbc:sqlserver://127.0.0.1:1;encrypt=false"
      })
  void theDriversOfTheOtherDatabasesAreThere(String url) throws Exception {
    assertThat(DriverManager.getDriver(url)).isNotNull();
    try (PeopleSoftDatabase database =
        new PeopleSoftDatabase(settings(url, "a", "b", null), tables.clock)) {
      assertThat(failure(() -> queue(database).open(1)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PS X", "PS;drop", "\"PS\"", "", "a.b.c", "1PS", "PS--"})
  void aNameThatIsNoIdentifierIsRefused(String name) {
    QueueTables seed = QueueTables.ofTheSeed();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new QueueTables(
                name, seed.lines(), seed.crossReference(), seed.identityTypes(), Map.of(), null));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new QueueTables(
                seed.header(),
                seed.lines(),
                seed.crossReference(),
                seed.identityTypes(),
                Map.of(QueueColumn.OPRID, name),
                null));
  }
}
