package dev.rollcall.connector.peoplesoftqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.spi.LineSource.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueSourceTest {
  private static final PersonQuery PEOPLE =
      new PersonQuery(
          "select OPRID from PEOPLE where OPRID in (:oprids)", null, "select OPRID from PEOPLE");

  private final PeopleSoftTables tables = PeopleSoftTables.ofTheDocumentation();
  private final QueueSource source = source(QueueTables.ofTheSeed());

  private QueueSource source(QueueTables names) {
    return new QueueSource(
        tables.database, names, new People(tables.database, PEOPLE, "hr", tables.clock));
  }

  @AfterEach
  void close() {
    tables.close();
  }

  private static Line.Key key(String batch, int number) {
    return new Line.Key(batch, number);
  }

  private static Result result(String batch, int number, LineStatus status, String text) {
    return new Result(key(batch, number), status, text, "00u2lvzhsoCLMZSGDJBY");
  }

  /** Reports of lines that began. */
  private void report(List<Result> results) {
    source.begun(results.stream().map(Result::line).toList());
    source.report(results);
  }

  private String line(String column, String batch, int number) {
    return tables.one(
        "select %s from PS_CHG_OK_REQ_DTL where CHG_BATCH_ID = '%s' and LINE_NBR = %d"
            .formatted(column, batch, number));
  }

  @Test
  void openLinesComeInTheOrderOfTheirBatchesTimeThenBatchThenNumber() {
    tables.batch("B", 5, "ANN:CR8A", "ANN:GRPA");
    tables.batch("A", 5, "BOB:USRD");
    tables.batch("Z", 1, "CAT:USAU");
    tables.run(
        "insert into PS_CHG_OK_REQ_DTL (CHG_BATCH_ID, LINE_NBR, OPRID, CHG_LINE_ACTION) values ('0', 1, 'DAN', 'USAU')");

    List<Line> open = source.open(10);

    assertThat(open)
        .extracting(line -> line.key().toString())
        .containsExactly("Z/1", "A/1", "B/1", "B/2", "0/1");
    assertThat(open.getFirst().subject().id()).isEqualTo("CAT");
    assertThat(open.getFirst().action()).isEqualTo("USAU");
    assertThat(open.getFirst().group()).isNull();
    assertThat(open.getLast().created()).isNull();
    assertThat(source.open(2)).isEqualTo(open.subList(0, 2));
  }

  @Test
  void aLineThatBeganIsNotOpenAndNotNewAnyMore() {
    tables.batch("A", 1, "ANN:CR8A", "BOB:CR8A");

    source.begun(List.of(key("A", 1)));

    assertThat(source.open(10)).extracting(Line::key).containsExactly(key("A", 2));
    assertThat(source.stillNew(List.of(key("A", 1), key("A", 2), key("A", 3))))
        .containsExactly(key("A", 2));
    assertThat(line("CHG_LINE_STATUS", "A", 1)).isEqualTo("INPR");
    assertThat(tables.batchStatus("A")).isEqualTo("INPR");
  }

  @Test
  void onlyALineOnNewBegins() {
    tables.batch("A", 1, "ANN:CR8A");
    report(List.of(result("A", 1, LineStatus.COMP, "done")));

    source.begun(List.of(key("A", 1)));

    assertThat(line("CHG_LINE_STATUS", "A", 1)).isEqualTo("COMP");
    assertThat(tables.batchStatus("A")).isEqualTo("COMP");
  }

  @Test
  void manyLinesAreAskedForAtOnce() {
    tables.run(
        "insert into PS_CHG_OK_REQ_DTL (CHG_BATCH_ID, LINE_NBR, OPRID, CHG_LINE_ACTION)"
            + " select 'M', n, 'P' || n, 'USAU' from generate_series(1, 901) n");
    List<Line.Key> keys = new ArrayList<>();
    for (int number = 1; number <= 901; number++) {
      keys.add(key("M", number));
    }

    assertThat(source.stillNew(keys)).hasSize(901);
    source.begun(keys.subList(0, 900));
    assertThat(source.stillNew(keys)).containsExactly(key("M", 901));
  }

  @Test
  void aBatchFollowsItsLines() {
    tables.batch("A", 1, "ANN:CR8A", "BOB:CR8A", "CAT:CR8A");
    assertThat(tables.batchStatus("A")).isEqualTo("NEW");

    source.begun(List.of(key("A", 1), key("A", 2), key("A", 3)));
    report(List.of(result("A", 1, LineStatus.ERR, "no")));
    assertThat(tables.batchStatus("A")).as("some are not ended").isEqualTo("INPR");

    report(List.of(result("A", 2, LineStatus.WARN, "hm"), result("A", 3, LineStatus.COMP, "")));
    assertThat(tables.batchStatus("A")).isEqualTo("ERR");

    tables.run("update PS_CHG_OK_REQ_DTL set CHG_LINE_STATUS = 'NEW' where LINE_NBR = 1");
    source.begun(List.of(key("A", 1)));
    assertThat(tables.batchStatus("A")).as("asked for again").isEqualTo("INPR");

    report(List.of(result("A", 1, LineStatus.COMP, "")));
    assertThat(tables.batchStatus("A")).as("WARN counts as complete").isEqualTo("COMP");
  }

  @Test
  void whatBecameOfALineIsWrittenOnceHoweverOftenItIsReported() {
    tables.batch("A", 1, "ANN:CR8A");
    List<Result> results = List.of(result("A", 1, LineStatus.COMP, "adopted 00u"));
    report(results);
    String when = tables.one("select LASTUPDDTTM::text from PS_CHG_OK_REQ_HDR");
    String version = line("xmin::text", "A", 1);

    report(results);

    assertThat(line("CHG_OKTA_ID", "A", 1)).isEqualTo("00u2lvzhsoCLMZSGDJBY");
    assertThat(line("ERROR_MSG", "A", 1)).isEqualTo("adopted 00u");
    assertThat(line("xmin::text", "A", 1)).isEqualTo(version);
    assertThat(tables.one("select LASTUPDDTTM::text from PS_CHG_OK_REQ_HDR")).isEqualTo(when);
    assertThat(
            tables.one(
                "select abs(extract(epoch from (LASTUPDDTTM - now() at time zone 'UTC'))) < 60 from PS_CHG_OK_REQ_HDR"))
        .isEqualTo("t");
  }

  @Test
  void nothingIsWrittenAsOneBlank() {
    tables.batch("A", 1, "ANN:CR8A");
    report(List.of(new Result(key("A", 1), LineStatus.COMP, null, null)));

    assertThat(line("ERROR_MSG", "A", 1)).isEqualTo(" ");
    assertThat(line("CHG_OKTA_ID", "A", 1)).isEqualTo(" ");
  }

  @Test
  void aTextIsCutToItsColumnAndNeverInsideACharacter() {
    tables.run("alter table PS_CHG_OK_REQ_DTL alter ERROR_MSG type varchar(10)");
    tables.batch("A", 1, "ANN:CR8A", "BOB:CR8A", "CAT:CR8A");

    report(
        List.of(
            result("A", 1, LineStatus.ERR, "0123456789"),
            result("A", 2, LineStatus.ERR, "0123456789A"),
            result("A", 3, LineStatus.ERR, "01234567𠮷𠮷\0")));

    assertThat(line("ERROR_MSG", "A", 1)).isEqualTo("0123456789");
    assertThat(line("ERROR_MSG", "A", 2)).isEqualTo("012345678…");
    assertThat(line("ERROR_MSG", "A", 3)).isEqualTo("01234567…");
  }

  @Test
  void aLineThatIsAskedForAnewKeepsNothingOfWhatBecameOfItBefore() {
    tables.batch("A", 1, "ANN:CR8A");
    source.begun(List.of(key("A", 1)));
    tables.run("update PS_CHG_OK_REQ_DTL set CHG_LINE_STATUS = 'NEW'");

    source.report(List.of(result("A", 1, LineStatus.ERR, "too late")));

    assertThat(line("CHG_LINE_STATUS", "A", 1)).isEqualTo("NEW");
    assertThat(line("ERROR_MSG", "A", 1)).isEqualTo(" ");
    assertThat(source.open(10)).hasSize(1);
  }

  @Test
  void aLineThatNamesNobodyEndsAndHoldsUpNobody() {
    tables.batch("A", 1, " :CR8A", "ANN:CR8A");

    List<Line> open = source.open(1);

    assertThat(open).extracting(line -> line.subject().id()).containsExactly("ANN");
    assertThat(source.endNameless()).isEqualTo(1);
    assertThat(line("CHG_LINE_STATUS", "A", 1)).isEqualTo("ERR");
    assertThat(line("ERROR_MSG", "A", 1)).isEqualTo(QueueLines.NAMELESS);
    assertThat(line("CHG_LINE_STATUS", "A", 2)).isEqualTo("NEW");
    assertThat(source.endNameless()).isZero();
  }

  @Test
  void aBatchOfLinesThatNameNobodyEndsAsAnError() {
    tables.batch("A", 1, " :CR8A", " :USRD");

    assertThat(source.endNameless()).isEqualTo(2);

    assertThat(tables.batchStatus("A")).isEqualTo("ERR");
  }

  @Test
  void aLineThatWasRemovedMeanwhileIsNoFailure() {
    tables.batch("A", 1, "ANN:CR8A");
    tables.run("delete from PS_CHG_OK_REQ_DTL");

    report(List.of(result("A", 1, LineStatus.COMP, "")));

    assertThat(tables.batchStatus("A")).isEqualTo("NEW");
  }

  @Test
  void namesOfTablesAndColumnsAreTheSites() {
    tables.run("alter table PS_CHG_OK_REQ_DTL rename to PS_X_DTL");
    tables.run("alter table PS_X_DTL rename column CHG_LINE_STATUS to X_STATUS");
    tables.run("insert into PS_CHG_OK_REQ_HDR values ('A', 'NEW', now(), null)");
    tables.run(
        "insert into PS_X_DTL (CHG_BATCH_ID, LINE_NBR, OPRID, CHG_LINE_ACTION, CHG_GROUP) values ('A', 1, 'ANN', 'GRPA', 'Chess Club'), ('A', 2, 'ANN', 'GRPA', ' ')");
    QueueTables names =
        new QueueTables(
            "public.PS_CHG_OK_REQ_HDR",
            "PS_X_DTL",
            "PS_CHG_OPR_OKTA_ID",
            "PS_CHG_IDP_UTYPE",
            Map.of(QueueColumn.CHG_LINE_STATUS, "X_STATUS"),
            "CHG_GROUP");

    List<Line> open = source(names).open(10);
    source(names).begun(open.stream().map(Line::key).toList());

    assertThat(open).extracting(Line::group).containsExactly("Chess Club", null);
    assertThat(tables.all("select X_STATUS from PS_X_DTL")).containsOnly("INPR");
  }

  @Test
  void severalProcessesReportLinesOfOneBatchAtOnceAndItsStatusIsRight() throws Exception {
    int lines = 40;
    String[] wanted = new String[lines];
    java.util.Arrays.setAll(wanted, number -> "P" + number + ":USAU");
    tables.batch("A", 1, wanted);
    tables.batch("B", 2, wanted);
    source.begun(source.open(2 * lines).stream().map(Line::key).toList());
    try (PeopleSoftDatabase other = new PeopleSoftDatabase(tables.settings(), tables.clock);
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      QueueSource second =
          new QueueSource(
              other, QueueTables.ofTheSeed(), new People(other, PEOPLE, "hr", tables.clock));
      List<Future<?>> done = new ArrayList<>();
      for (int number = 1; number <= lines; number++) {
        int line = number;
        QueueSource one = number % 2 == 0 ? source : second;
        done.add(
            workers.submit(() ->
                one.report(
                    List.of(
                        result("B", line, LineStatus.WARN, "x"),
                        result("A", line, LineStatus.COMP, "x")))));
      }
      for (Future<?> each : done) {
        waitFor(each);
      }
    }
    assertThat(tables.batchStatus("A")).isEqualTo("COMP");
    assertThat(tables.batchStatus("B")).isEqualTo("COMP");
  }

  private static void waitFor(Future<?> done) throws InterruptedException {
    try {
      done.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(Objects.requireNonNull(failed.getCause()));
    }
  }
}
