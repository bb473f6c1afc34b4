package dev.rollcall.guard;

import dev.rollcall.db.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The place a database is in. A port is no part of it: the local PostgreSQL changes its port.
 *
 * @param facts those that can be seen
 */
record Place(Map<Fact, String> facts) {

  /** Settings that a user may not see are no rows here, where asking by name would be an error. */
  private static final String SQL =
      """
      select has_function_privilege('pg_control_system()', 'execute') as may_see_system,
        current_database() as database,
        (select oid::text from pg_database where datname = current_database()) as database_id,
        (select setting from pg_settings where name = 'data_directory') as data_directory,
        (select setting from pg_settings where name = 'cluster_name') as cluster,
        host(inet_server_addr()) as server,
        coalesce(inet_server_addr() <<= '127.0.0.0/8' or inet_server_addr() = '::1', true) as here
      """;

  private static final String SYSTEM = "select system_identifier::text from pg_control_system()";

  Place {
    facts = Map.copyOf(facts);
  }

  /**
   * Where the database of these connections is.
   *
   * @param machine the name of the machine this process runs on
   */
  static Place of(JdbcClient jdbc, String machine) {
    Map<Fact, String> facts = new EnumMap<>(Fact.class);
    boolean maySeeSystem =
        jdbc.sql(SQL)
            .query((row, number) -> {
              boolean here = row.getBoolean("here");
              put(facts, Fact.DATABASE, row.getString("database"));
              put(facts, Fact.DATABASE_ID, row.getString("database_id"));
              put(facts, Fact.DATA_DIRECTORY, directory(row.getString("data_directory"), here));
              put(facts, Fact.CLUSTER, row.getString("cluster"));
              put(facts, Fact.SERVER, here ? machine : row.getString("server"));
              return row.getBoolean("may_see_system");
            })
            .single();
    if (maySeeSystem) {
      put(facts, Fact.SYSTEM, jdbc.sql(SYSTEM).query(String.class).single());
    }
    return new Place(facts);
  }

  private static void put(Map<Fact, String> facts, Fact fact, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.put(fact, value);
    }
  }

  /** A directory on this machine is one, whatever links lead to it. */
  private static @Nullable String directory(@Nullable String named, boolean here) {
    if (named == null || !here) {
      return named;
    }
    try {
      return Path.of(named).toRealPath().toString();
    } catch (IOException elsewhere) {
      return named; // in a container, or not to be entered
    }
  }

  /**
   * What differs from where it was bound. What could not be seen then is not compared. Of two
   * servers that the settings say are one, only what makes the database itself is compared.
   */
  List<Difference> from(Place bound, Servers servers) {
    String before = bound.facts().get(Fact.SERVER);
    String now = facts.get(Fact.SERVER);
    boolean moved =
        before != null && now != null && !before.equals(now) && servers.areOne(before, now);
    List<Difference> differences = new ArrayList<>();
    for (Fact fact : Fact.values()) {
      String was = bound.facts().get(fact);
      boolean excused =
          moved
              && switch (fact) {
                case DATA_DIRECTORY, SERVER, CLUSTER -> true;
                case SYSTEM, DATABASE, DATABASE_ID -> false;
              };
      if (was != null && !excused && !was.equals(facts.get(fact))) {
        differences.add(new Difference(fact.code(), fact.words(), was, facts.get(fact)));
      }
    }
    return differences;
  }
}
