package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a site's query as fields. A column is known by its label in capitals; one that holds
 * nothing, blank or null of whatever type, is {@link Value.Cleared}, because the query was asked
 * for it and there is nothing; a column that the query lacks is no field at all.
 */
final class PersonRows {

  /** One row: whose it is, and the other columns. */
  record PersonRow(String oprid, Map<String, Value> fields) {}

  private PersonRows() {}

  /**
   * All rows of a result.
   *
   * @param query what the query is called, for messages
   * @param needed columns that it must have beside OPRID
   * @throws ConnectorException when a column is missing or occurs twice, or a row is nobody's
   */
  static List<PersonRow> read(String query, ResultSet rows, Set<String> needed)
      throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> names = names(query, columns);
    for (String name : needed) {
      require(query, names, name);
    }
    int oprid = require(query, names, QueueColumn.OPRID.name()) + 1;
    List<PersonRow> read = new ArrayList<>();
    while (rows.next()) {
      String whose = rows.getString(oprid);
      if (whose == null || whose.isBlank()) {
        throw new ConnectorException(
            ErrorKind.INVALID,
            "the query '%s' gives a row without an OPRID".formatted(query),
            null);
      }
      Map<String, Value> fields = new HashMap<>();
      for (int column = 1; column <= names.size(); column++) {
        if (column != oprid) {
          fields.put(names.get(column - 1), value(rows, columns, column));
        }
      }
      read.add(new PersonRow(whose.strip(), fields));
    }
    return read;
  }

  private static List<String> names(String query, ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      String name = columns.getColumnLabel(column).toUpperCase(Locale.ROOT);
      if (!seen.add(name)) {
        throw new ConnectorException(
            ErrorKind.INVALID,
            "the query '%s' gives the column %s twice; name one of them otherwise with 'as'"
                .formatted(query, name),
            null);
      }
      names.add(name);
    }
    return names;
  }

  private static int require(String query, List<String> names, String name) {
    int place = names.indexOf(name);
    if (place < 0) {
      throw new ConnectorException(
          ErrorKind.INVALID,
          "the query '%s' gives no column %s, only %s".formatted(query, name, names),
          null);
    }
    return place;
  }

  private static Value value(ResultSet rows, ResultSetMetaData columns, int column)
      throws SQLException {
    String text =
        switch (columns.getColumnType(column)) {
          case Types.DATE -> date(rows, column);
          case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
              timestamp(rows, column, columns.getColumnTypeName(column));
          case Types.NUMERIC, Types.DECIMAL -> number(rows.getBigDecimal(column));
          default -> rows.getString(column);
        };
    return text == null ? new Value.Cleared() : Value.of(text);
  }

  private static @Nullable String date(ResultSet rows, int column) throws SQLException {
    LocalDate date = rows.getObject(column, LocalDate.class);
    return date == null ? null : date.toString();
  }

  /** Oracle's DATE has a time of day; midnight is a date. */
  private static @Nullable String timestamp(ResultSet rows, int column, String type)
      throws SQLException {
    if (type.toLowerCase(Locale.ROOT).contains("tz")
        || type.toLowerCase(Locale.ROOT).contains("zone")
        || type.equalsIgnoreCase("datetimeoffset")) {
      OffsetDateTime moment = rows.getObject(column, OffsetDateTime.class);
      return moment == null ? null : moment.toInstant().toString();
    }
    LocalDateTime moment = rows.getObject(column, LocalDateTime.class);
    if (moment == null) {
      return null;
    }
    return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? moment.toLocalDate().toString()
        : moment.toString();
  }

  private static @Nullable String number(@Nullable BigDecimal number) {
    return number == null
        ? null
        : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
