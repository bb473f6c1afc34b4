package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.connector.peoplesoftqueue.PeopleSoftDatabase.Settings;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database with the tables as the documentation gives them, and what tests do as PeopleSoft. */
final class PeopleSoftTables implements AutoCloseable {
  /** One for all tests: dropping a database takes longer than a test. */
  private static final class Shared {
    static final Database DATABASE = TestDatabase.empty();
  }

  final Database administrator = Shared.DATABASE;
  final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
  final PeopleSoftDatabase database;
  final String url;

  private PeopleSoftTables() {
    run("drop schema public cascade");
    run("create schema public");
    run("grant usage on schema public to public");
    String name =
        administrator.jdbc().sql("select current_database()").query(String.class).single();
    url = TestDatabase.postgres().ensureRunning().jdbcUrl(name);
    database = new PeopleSoftDatabase(settings(), clock);
  }

  static PeopleSoftTables ofTheDocumentation() {
    PeopleSoftTables tables = new PeopleSoftTables();
    tables.run(documented("-- ddl: postgresql"));
    return tables;
  }

  static PeopleSoftTables none() {
    return new PeopleSoftTables();
  }

  /** The block of SQL that begins with this line. */
  static String documented(String firstLine) {
    try {
      String page = Files.readString(Path.of("..", "docs", "reference", "peoplesoft-queue.md"));
      Matcher block =
          Pattern.compile("```sql\n" + Pattern.quote(firstLine) + "\n(.*?)```", Pattern.DOTALL)
              .matcher(page);
      if (!block.find()) {
        throw new IllegalStateException("the documentation has no block " + firstLine);
      }
      return block.group(1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Settings settings() {
    return Settings.of(url, LocalPostgres.USER, TestDatabase.postgres().password());
  }

  JdbcClient jdbc() {
    return administrator.jdbc();
  }

  void run(String sql) {
    jdbc().sql(sql).update();
  }

  /** A batch that was made at this minute of a day, with lines OPRID:action from number 1 on. */
  void batch(String id, int minute, String... lines) {
    run(
        "insert into PS_CHG_OK_REQ_HDR values ('%s', 'NEW', timestamp '2026-11-20 08:00' + interval '%d minutes', null)"
            .formatted(id, minute));
    int number = 0;
    for (String line : lines) {
      number++;
      String[] parts = line.split(":", -1);
      run(
          "insert into PS_CHG_OK_REQ_DTL (CHG_BATCH_ID, LINE_NBR, OPRID, CHG_LINE_ACTION) values ('%s', %d, '%s', '%s')"
              .formatted(id, number, parts[0], parts[1]));
    }
  }

  String one(String sql) {
    return String.valueOf(jdbc().sql(sql).query((row, _) -> row.getString(1)).single());
  }

  List<String> all(String sql) {
    return jdbc().sql(sql).query((row, _) -> row.getString(1)).list();
  }

  String batchStatus(String batch) {
    return one(
        "select CHG_BATCH_STATUS from PS_CHG_OK_REQ_HDR where CHG_BATCH_ID = '" + batch + "'");
  }

  @Override
  public void close() {
    database.close();
  }
}
