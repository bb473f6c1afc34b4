package dev.rollcall.app;

import dev.rollcall.db.Database;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The rows of a database as a release left them. Its tables are what the migrations of that release
 * make: the history of migrations is among the rows, so that a migration that is edited after its
 * release is noticed.
 */
final class ReleasedDump {

  private static final String HISTORY = "flyway_schema_history";
  private static final String TABLE = "-- ";
  private static final String END = "\\.";

  /** The rows of a table in PostgreSQL's own text form. */
  private record Rows(String table, String columns, String text) {}

  private final List<Rows> tables;

  private ReleasedDump(List<Rows> tables) {
    this.tables = List.copyOf(tables);
  }

  static ReleasedDump of(Database database) throws SQLException, IOException {
    List<Rows> tables = new ArrayList<>();
    List<String> names =
        database
            .jdbc()
            .sql("select tablename from pg_tables where schemaname = current_schema() order by 1")
            .query((row, number) -> row.getString(1))
            .list();
    try (Connection connection = database.dataSource().getConnection()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String name : names) {
        String columns =
            database
                .jdbc()
                .sql(
                    "select string_agg(quote_ident(column_name), ',' order by ordinal_position)"
                        + " from information_schema.columns"
                        + " where table_schema = current_schema() and table_name = :table"
                        + " and is_generated = 'NEVER'")
                .param("table", name)
                .query(String.class)
                .single();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        copy.copyOut("copy (select " + columns + " from " + name + " order by 1) to stdout", text);
        tables.add(new Rows(name, columns, text.toString(StandardCharsets.UTF_8)));
      }
    }
    return new ReleasedDump(tables);
  }

  void write(OutputStream file) throws IOException {
    try (OutputStream packed = new GZIPOutputStream(file)) {
      for (Rows rows : tables) {
        String section = TABLE + rows.table() + " " + rows.columns() + "\n" + rows.text() + END;
        packed.write((section + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  static ReleasedDump read(InputStream file) throws IOException {
    List<Rows> tables = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      for (String head = lines.readLine(); head != null; head = lines.readLine()) {
        String[] named = head.substring(TABLE.length()).split(" ", 2);
        StringBuilder text = new StringBuilder();
        for (String line = lines.readLine();
            line != null && !line.equals(END);
            line = lines.readLine()) {
          text.append(line).append('\n');
        }
        tables.add(new Rows(named[0], named[1], text.toString()));
      }
    }
    return new ReleasedDump(tables);
  }

  /** What Flyway noted of each migration: version, script and checksum. */
  List<String> migrations() {
    return tables.stream()
        .filter(rows -> rows.table().equals(HISTORY))
        .flatMap(rows -> rows.text().lines())
        .map(line -> line.split("\t", -1))
        .map(row -> String.join(" ", row[1], row[4], row[5]))
        .toList();
  }

  /** The version of the last migration of the release. */
  String version() {
    String last = migrations().getLast();
    return last.substring(0, last.indexOf(' '));
  }

  /** Puts the rows into the tables that the release's migrations made. */
  void putInto(Database database) throws SQLException, IOException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      // As when a dump is restored: neither triggers nor the order of tables matter.
      try (var statement = connection.createStatement()) {
        statement.execute("set local session_replication_role = replica");
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Rows rows : tables) {
          statement.execute("delete from " + rows.table());
          copy.copyIn(
              "copy " + rows.table() + " (" + rows.columns() + ") from stdin",
              new StringReader(rows.text()));
        }
        statement.execute(
            """
            select setval(pg_get_serial_sequence(quote_ident(c.table_name), c.column_name),
              (xpath('/row/m/text()', query_to_xml(format('select coalesce(max(%I), 1) as m from %I',
                c.column_name, c.table_name), false, true, '')))[1]::text::bigint)
            from information_schema.columns c
            where c.table_schema = current_schema()
              and pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) is not null
            """);
      }
      connection.commit();
    }
  }
}
