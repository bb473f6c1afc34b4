package dev.rollcall.simulators.peoplesoft.hr;

import dev.rollcall.simulators.peoplesoft.hr.HrScenario.Stepped;
import dev.rollcall.simulators.state.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The database. The truth about each person stands in a table of its own beside PeopleSoft's and is
 * written in the same transaction, so that it survives any kill. Safe for many threads.
 */
final class HrDatabase {
  /** How the database is reached; it has to be there. */
  record Address(String url, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
      return "Address";
    }
  }

  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Address address;

  HrDatabase(Address address) {
    this.address = address;
  }

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection =
        DriverManager.getConnection(address.url(), address.user(), address.password())) {
      connection.setAutoCommit(false);
      T done = work.run(connection);
      connection.commit();
      return done;
    } catch (SQLException failure) {
      throw new IllegalStateException("the database of HR: " + failure.getMessage(), failure);
    }
  }

  void create() {
    inTransaction(connection -> {
      HrTables.create(connection);
      return true;
    });
  }

  void empty() {
    inTransaction(connection -> {
      HrTables.empty(connection);
      return true;
    });
  }

  /** Everybody, in the order of OPRIDs. */
  List<HrTruth> everybody() {
    return inTransaction(connection -> {
      List<HrTruth> all = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select TRUTH from SIM_HR_TRUTH order by OPRID")) {
        while (rows.next()) {
          all.add(Json.MAPPER.readValue(rows.getString(1), HrTruth.class));
        }
      }
      return all;
    });
  }

  /**
   * Writes what happened, all of it or nothing.
   *
   * @param before whoever was there already, by OPRID
   * @param batchSize how many lines a request batch has at most; 0 writes no requests
   * @return the ids of the batches
   */
  List<String> write(
      Map<String, HrTruth> before, List<Stepped> steps, LocalDate today, int batchSize) {
    return inTransaction(connection -> {
      Map<String, HrTruth> known = new LinkedHashMap<>(before);
      List<RequestLine> lines = new ArrayList<>();
      try (PersonRows rows = new PersonRows(connection)) {
        for (Stepped step : steps) {
          HrPerson person = step.truth().person();
          HrTruth old = known.put(person.oprid(), step.truth());
          rows.write(old == null ? null : old.person(), person, today);
          lines.addAll(step.lines());
        }
      }
      remember(connection, truths(open(connection), steps, batchSize > 0));
      return batchSize == 0 ? List.of() : request(connection, lines, batchSize);
    });
  }

  private static Set<String> open(Connection connection) throws SQLException {
    Set<String> open = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select distinct OPRID from PS_CHG_OK_REQ_DTL"
                    + " where CHG_LINE_STATUS in ('NEW', 'INPR')")) {
      while (rows.next()) {
        open.add(rows.getString(1));
      }
    }
    return open;
  }

  /**
   * What is to be remembered of everybody to whom something happened: also who left early.
   *
   * @param open who has open requests
   * @param requests whether the steps bring requests, too
   */
  static Collection<HrTruth> truths(Set<String> open, List<Stepped> steps, boolean requests) {
    Set<String> waiting = new HashSet<>(open);
    Set<String> early = new HashSet<>();
    Map<String, HrTruth> truths = new LinkedHashMap<>();
    for (Stepped step : steps) {
      HrTruth truth = step.truth();
      String oprid = truth.person().oprid();
      if (truth.person().types().isEmpty() && waiting.contains(oprid)) {
        early.add(oprid);
      }
      truths.put(oprid, early.contains(oprid) ? truth.leavingEarly() : truth);
      if (requests) {
        waiting.add(oprid);
      }
    }
    return truths.values();
  }

  private static void remember(Connection connection, Collection<HrTruth> truths)
      throws SQLException {
    try (PreparedStatement truth =
        connection.prepareStatement(
            "insert into SIM_HR_TRUTH values (?, ?)"
                + " on conflict (OPRID) do update set TRUTH = excluded.TRUTH")) {
      for (HrTruth one : truths) {
        truth.setString(1, one.person().oprid());
        truth.setString(2, Json.MAPPER.writeValueAsString(one));
        truth.addBatch();
      }
      truth.executeBatch();
    }
  }

  /**
   * Writes requests and nothing else.
   *
   * @return the ids of the batches
   */
  List<String> request(List<RequestLine> lines, int batchSize) {
    return inTransaction(connection -> request(connection, lines, batchSize));
  }

  /** How many batches there are. */
  int batches() {
    return inTransaction(connection -> count(connection, "select count(*) from PS_CHG_OK_REQ_HDR"));
  }

  private static List<String> request(Connection connection, List<RequestLine> lines, int batchSize)
      throws SQLException {
    List<String> batches = new ArrayList<>();
    int number = count(connection, "select count(*) from PS_CHG_OK_REQ_HDR");
    try (PreparedStatement header =
            connection.prepareStatement(
                "insert into PS_CHG_OK_REQ_HDR values (?, 'NEW', clock_timestamp() at time zone 'UTC', clock_timestamp() at time zone 'UTC')");
        PreparedStatement row =
            connection.prepareStatement(
                "insert into PS_CHG_OK_REQ_DTL values (?, ?, ?, ?, 'NEW', ' ', ' ', ?)")) {
      for (int from = 0; from < lines.size(); from += batchSize) {
        number++;
        String batch = "CHG%09d".formatted(number);
        batches.add(batch);
        header.setString(1, batch);
        header.executeUpdate();
        List<RequestLine> some = lines.subList(from, Math.min(lines.size(), from + batchSize));
        for (int line = 0; line < some.size(); line++) {
          row.setString(1, batch);
          row.setInt(2, line + 1);
          row.setString(3, some.get(line).oprid());
          row.setString(4, some.get(line).action());
          row.setString(5, some.get(line).group());
          row.addBatch();
        }
        row.executeBatch();
      }
    }
    return batches;
  }

  /** Sets ended lines back to NEW, as an administrator does; returns how many. */
  int renew(@Nullable String batch, @Nullable Integer line, @Nullable String status) {
    return inTransaction(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "update PS_CHG_OK_REQ_DTL set CHG_LINE_STATUS = 'NEW'"
                  + " where CHG_LINE_STATUS in ('COMP', 'WARN', 'ERR')"
                  + " and (?::text is null or CHG_BATCH_ID = ?)"
                  + " and (?::int is null or LINE_NBR = ?)"
                  + " and (?::text is null or CHG_LINE_STATUS = ?)")) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(batch);
        values.add(line);
        values.add(status);
        for (int place = 0; place < values.size(); place++) {
          update.setObject(2 * place + 1, values.get(place));
          update.setObject(2 * place + 2, values.get(place));
        }
        return update.executeUpdate();
      }
    });
  }

  /** Takes a user profile away; what the truth expects of the account stays. */
  void vanish(String oprid) {
    inTransaction(connection -> {
      PersonRows.remove(connection, oprid);
      return true;
    });
  }

  /** What the database calls itself, and how many rows stand where. */
  Map<String, Object> state() {
    return inTransaction(connection -> {
      Map<String, Object> state = new LinkedHashMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select current_database()")) {
        row.next();
        state.put("database", row.getString(1));
      }
      state.put("people", count(connection, "select count(*) from PSOPRDEFN"));
      state.put("crossReference", count(connection, "select count(*) from PS_CHG_OPR_OKTA_ID"));
      state.put("batches", counts(connection, "CHG_BATCH_STATUS", "PS_CHG_OK_REQ_HDR"));
      state.put("lines", counts(connection, "CHG_LINE_STATUS", "PS_CHG_OK_REQ_DTL"));
      return state;
    });
  }

  private static int count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Map<String, Integer> counts(Connection connection, String column, String table)
      throws SQLException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select %s, count(*) from %s group by 1 order by 1".formatted(column, table))) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getInt(2));
      }
    }
    return counts;
  }
}
