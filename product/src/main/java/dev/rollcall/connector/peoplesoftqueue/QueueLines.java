package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.LineSource.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The statements on the tables of batches and lines; each joins the transaction of its client. */
final class QueueLines {
  static final String NAMELESS = "The line names no OPRID";

  private static final int AT_ONCE = 200;

  /** PeopleSoft's long texts have no length. */
  private static final int LONG_TEXT = 30_000;

  /** What stands in a line; nothing where it is blank. */
  private record Written(String status, @Nullable String text, @Nullable String accountId) {}

  private final QueueTables tables;
  private final Dialect dialect;
  private volatile int errorLength;

  QueueLines(QueueTables tables, Dialect dialect) {
    this.tables = tables;
    this.dialect = dialect;
  }

  List<Line> open(JdbcClient jdbc, Function<String, SubjectKey> subject, int limit) {
    String group = tables.groupColumn();
    String sql =
        tables
            .sql(
                """
                select d.{CHG_BATCH_ID}, d.{LINE_NBR}, d.{OPRID}, d.{CHG_LINE_ACTION}, h.{CREATED_DTTM}, %s
                from {lines} d left join {header} h on h.{CHG_BATCH_ID} = d.{CHG_BATCH_ID}
                where d.{CHG_LINE_STATUS} = 'NEW' and nullif(ltrim(rtrim(d.{OPRID})), '') is not null
                order by case when h.{CREATED_DTTM} is null then 1 else 0 end, h.{CREATED_DTTM},
                  d.{CHG_BATCH_ID}, d.{LINE_NBR}\
                """)
            .formatted(group == null ? "null" : "d." + group);
    List<Line> lines =
        jdbc.sql(sql + dialect.firstRows(limit)).query((row, _) -> line(row, subject)).list();
    return lines.stream().sorted(Line.ORDER).toList();
  }

  private static Line line(ResultSet row, Function<String, SubjectKey> subject)
      throws SQLException {
    return new Line(
        key(row),
        subject.apply(row.getString(3).strip()),
        stripped(row.getString(4)),
        blankToNull(row.getString(6)),
        row.getObject(5, LocalDateTime.class));
  }

  Set<Line.Key> stillNew(JdbcClient jdbc, Collection<Line.Key> lines) {
    Set<Line.Key> found = new HashSet<>();
    List<Line.Key> all = List.copyOf(lines);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<Line.Key> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      String these =
          String.join(
              " or ",
              some.stream()
                  .map(_ -> tables.sql("({CHG_BATCH_ID} = ? and {LINE_NBR} = ?)"))
                  .toList());
      StatementSpec statement =
          jdbc.sql(
              tables.sql(
                      "select {CHG_BATCH_ID}, {LINE_NBR} from {lines} where {CHG_LINE_STATUS} = 'NEW' and (")
                  + these
                  + ")");
      for (Line.Key key : some) {
        statement = statement.param(key.batch()).param(key.number());
      }
      found.addAll(statement.query((row, _) -> key(row)).list());
    }
    found.retainAll(new HashSet<>(all));
    return found;
  }

  /** Keeps others from deriving the status of these batches until the transaction is over. */
  void lock(JdbcClient jdbc, Collection<Line.Key> lines) {
    for (String batch : batches(lines)) {
      jdbc.sql(
              tables.sql(
                  "update {header} set {CHG_BATCH_ID} = {CHG_BATCH_ID} where {CHG_BATCH_ID} = ?"))
          .param(batch)
          .update();
    }
  }

  /** In one order everywhere, so that two never wait for each other. */
  private static Set<String> batches(Collection<Line.Key> lines) {
    Set<String> batches = new TreeSet<>();
    lines.forEach(line -> batches.add(line.batch()));
    return batches;
  }

  boolean begin(JdbcClient jdbc, Line.Key line) {
    return jdbc.sql(
                tables.sql(
                    "update {lines} set {CHG_LINE_STATUS} = 'INPR' where {CHG_BATCH_ID} = ?"
                        + " and {LINE_NBR} = ? and {CHG_LINE_STATUS} = 'NEW'"))
            .param(line.batch())
            .param(line.number())
            .update()
        > 0;
  }

  /** Lines that name nobody, and so can be nobody's events. */
  List<Line.Key> nameless(JdbcClient jdbc) {
    String blank = "nullif(ltrim(rtrim({OPRID})), '') is null";
    return jdbc.sql(
            tables.sql(
                "select {CHG_BATCH_ID}, {LINE_NBR} from {lines} where {CHG_LINE_STATUS} = 'NEW' and "
                    + blank))
        .query((row, _) -> key(row))
        .list();
  }

  /**
   * Writes what became of a line.
   *
   * @param onNew whether it is written when it stands on NEW, and only then, or only when not
   * @return whether that changed anything
   */
  boolean write(JdbcClient jdbc, Result result, boolean onNew) {
    Line.Key line = result.line();
    Written wanted =
        new Written(
            result.status().name(),
            blankToNull(ErrorText.fitting(result.text(), errorLength(jdbc))),
            blankToNull(result.accountId()));
    List<Written> present =
        jdbc.sql(
                tables.sql(
                    "select {CHG_LINE_STATUS}, {ERROR_MSG}, {CHG_OKTA_ID} from {lines}"
                        + " where {CHG_BATCH_ID} = ? and {LINE_NBR} = ?"))
            .param(line.batch())
            .param(line.number())
            .query((row, _) ->
                new Written(
                    stripped(row.getString(1)),
                    blankToNull(row.getString(2)),
                    blankToNull(row.getString(3))))
            .list();
    if (present.isEmpty() || present.contains(wanted)) {
      return false; // removed by PeopleSoft, or written before
    }
    return jdbc.sql(
                tables.sql(
                    "update {lines} set {CHG_LINE_STATUS} = ?, {ERROR_MSG} = ?, {CHG_OKTA_ID} = ?"
                        + " where {CHG_BATCH_ID} = ? and {LINE_NBR} = ? and {CHG_LINE_STATUS} "
                        + (onNew ? "= 'NEW'" : "<> 'NEW'")))
            .param(wanted.status())
            .param(ErrorText.orBlank(wanted.text()))
            .param(ErrorText.orBlank(wanted.accountId()))
            .param(line.batch())
            .param(line.number())
            .update()
        > 0;
  }

  /** Has the batches of these lines say what follows from all their lines. */
  void derive(JdbcClient jdbc, Collection<Line.Key> lines) {
    for (String batch : batches(lines)) {
      List<String> statuses =
          jdbc.sql(tables.sql("select {CHG_LINE_STATUS} from {lines} where {CHG_BATCH_ID} = ?"))
              .param(batch)
              .query((row, _) -> stripped(row.getString(1)))
              .list();
      if (!statuses.isEmpty()) {
        jdbc.sql(
                tables.sql("update {header} set {CHG_BATCH_STATUS} = ?, {LASTUPDDTTM} = ")
                    + dialect.now()
                    + tables.sql(" where {CHG_BATCH_ID} = ?"))
            .param(BatchStatus.of(statuses).name())
            .param(batch)
            .update();
      }
    }
  }

  private int errorLength(JdbcClient jdbc) {
    if (errorLength == 0) {
      ResultSetExtractor<Integer> precision = rows -> rows.getMetaData().getPrecision(1);
      int said =
          jdbc.sql(tables.sql("select {ERROR_MSG} from {lines} where 1 = 0")).query(precision);
      errorLength = said <= 0 ? LONG_TEXT : Math.min(said, LONG_TEXT);
    }
    return errorLength;
  }

  private static Line.Key key(ResultSet row) throws SQLException {
    return new Line.Key(stripped(row.getString(1)), row.getInt(2));
  }

  private static String stripped(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  static Result ended(Line.Key nameless) {
    return new Result(nameless, LineStatus.ERR, NAMELESS, null);
  }
}
