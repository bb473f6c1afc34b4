package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The tables as they are, read past Rollcall over connections that start nothing. */
final class Tables {

  /** What is to be done now or was begun; a date that lies ahead is neither. */
  private static final String UNFINISHED =
      """
      select id || ' ' || subject || ' ' || cause || ' ' || status || ' due ' || due
        || ' attempt ' || attempt || coalesce(' ' || reason, '')
      from event where status = 'QUE' or (status = 'NEW' and not (cause = 'DUE' and due > now()))
      union all select 'claim of ' || node from claim
      """;

  /** A message that was told again is counted; that changes nothing. */
  private static final Map<String, String> EVERYTHING =
      Map.of(
          "event", "select to_jsonb(t)::text from event t",
          "claim", "select to_jsonb(t)::text from claim t",
          "link", "select to_jsonb(t)::text from link t",
          "audit", "select to_jsonb(t)::text from audit t where kind <> 'message-repeated'",
          "identity", "select to_jsonb(t)::text from identity t",
          "identity_affiliation", "select to_jsonb(t)::text from identity_affiliation t",
          "campus_person", "select to_jsonb(t)::text from campus_person t",
          "campus_message",
              "select (to_jsonb(t) - 'repeats' - 'last_repeat_at')::text from campus_message t");

  private final String url;
  private final String password;
  private final JdbcClient jdbc;

  Tables(LocalPostgres.Server server, String password) {
    this(server, password, SurvivalHome.DATABASE);
  }

  Tables(LocalPostgres.Server server, String password, String database) {
    this.url = server.jdbcUrl(database);
    this.password = password;
    this.jdbc = JdbcClient.create(new DriverManagerDataSource(url, LocalPostgres.USER, password));
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  /** The database's address. */
  String url() {
    return url;
  }

  /** A connection for a test that locks something; the lock goes with it. */
  Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url, LocalPostgres.USER, password);
    connection.setAutoCommit(false);
    return connection;
  }

  long count(String sql, Object... parameters) {
    return jdbc.sql(sql).params(List.of(parameters)).query(Long.class).single();
  }

  /** What is not finished, in words. */
  List<String> unfinished() {
    return texts(UNFINISHED);
  }

  /** The first column of the answer. */
  List<String> texts(String sql, Object... parameters) {
    return jdbc.sql(sql)
        .params(List.of(parameters))
        .query((row, _) -> String.valueOf(row.getString(1)))
        .list();
  }

  /** Waits until nothing is to be done any more. */
  void awaitIdle(Duration atMost) {
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(unfinished()).isEmpty());
  }

  /** All rows of all tables, to compare before with after. */
  Map<String, Set<String>> everything() {
    Map<String, Set<String>> rows = new TreeMap<>();
    EVERYTHING.forEach((table, sql) -> rows.put(table, new TreeSet<>(texts(sql))));
    return rows;
  }
}
