package dev.rollcall.testing;

import dev.rollcall.db.Database;

/**
 * One database for the many tests that need nothing but empty tables: making and dropping one for
 * each of them takes longer than the tests. Not for tests that run side by side, nor for those that
 * close it.
 */
public final class SharedDatabase {

  private SharedDatabase() {}

  /** The database, with all tables empty and all ids from 1. */
  public static Database emptied() {
    Database database = Opened.DATABASE;
    String tables =
        database
            .jdbc()
            .sql(
                "select string_agg(quote_ident(tablename), ', ') from pg_tables where schemaname = 'public'"
                    + " and tablename not in ('flyway_schema_history', 'clock_offset')")
            .query(String.class)
            .single();
    database.jdbc().sql("truncate " + tables + " restart identity cascade").update();
    return database;
  }

  private static final class Opened {
    static final Database DATABASE = TestDatabase.fresh();
  }
}
