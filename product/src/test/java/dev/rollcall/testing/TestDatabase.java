package dev.rollcall.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Databases of their own for tests, on one real PostgreSQL below {@code target/test-home} that all
 * tests of a build share, and that the last of them stops.
 *
 * <pre>{@code
 * try (Database database = TestDatabase.fresh()) { ... }
 * }</pre>
 */
public final class TestDatabase {
  private static final LocalPostgres POSTGRES = new LocalPostgres(Path.of("target", "test-home"));
  private static final long ME = ProcessHandle.current().pid();
  private static final Pattern NAME = Pattern.compile("test_(\\d+)_\\d+");
  private static final String TEMPLATE = "test_" + ME + "_0";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Map<Database, String> NAMES = new ConcurrentHashMap<>();
  private static final Queue<Database> OPEN = new ConcurrentLinkedQueue<>();

  private TestDatabase() {}

  /** Makes a migrated database that nobody else uses; it is dropped when the tests have ended. */
  public static Database fresh() {
    return fresh(Database.DEFAULT_POOL_SIZE);
  }

  /** As {@link #fresh()}, with a pool of a given size. */
  public static Database fresh(int poolSize) {
    Prepared.once();
    String name = "test_" + ME + "_" + NUMBER.incrementAndGet();
    execute("create database " + name + " template " + TEMPLATE);
    return open(name, poolSize);
  }

  /** Makes a database without any tables, for tests that bring their own migrations. */
  public static Database empty() {
    Prepared.once();
    return open("test_" + ME + "_" + NUMBER.incrementAndGet(), Database.DEFAULT_POOL_SIZE);
  }

  /** Opens the database of another one a second time, as another Rollcall process would. */
  public static Database sameAs(Database other) {
    return open(nameOf(other), Database.DEFAULT_POOL_SIZE);
  }

  /**
   * Copies a database as an administrator does, while nobody may be connected to it: whoever is has
   * to connect again.
   */
  public static Database copyOf(Database original) {
    String copy = nextName();
    shut(nameOf(original), name -> execute("create database " + copy + " template " + name));
    if (original.dataSource() instanceof HikariDataSource pool && !pool.isClosed()) {
      pool.getHikariPoolMXBean().softEvictConnections(); // they are dead
    }
    return open(copy, Database.DEFAULT_POOL_SIZE);
  }

  /** Puts a copy of the backup in the place of a database that is dropped; nobody is told. */
  public static void restore(Database original, Database backup) {
    String name = nameOf(original);
    execute("drop database " + name + " with (force)");
    shut(nameOf(backup), from -> execute("create database " + name + " template " + from));
  }

  /** Gives a database another name, and opens it under that. */
  public static Database renamed(Database original) {
    String other = nextName();
    String name = nameOf(original);
    original.close();
    shut(name, from -> execute("alter database " + from + " rename to " + other), other);
    return open(other, Database.DEFAULT_POOL_SIZE);
  }

  private static String nameOf(Database database) {
    return Objects.requireNonNull(NAMES.get(database), "it was not made here");
  }

  private static String nextName() {
    return "test_" + ME + "_" + NUMBER.incrementAndGet();
  }

  private static void shut(String name, Consumer<String> work) {
    shut(name, work, name);
  }

  /** Works while nobody can be connected to the database, which has another name afterwards. */
  private static void shut(String name, Consumer<String> work, String afterwards) {
    execute("alter database " + name + " with allow_connections false");
    execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '"
            + name
            + "'");
    work.accept(name);
    execute("alter database " + afterwards + " with allow_connections true");
  }

  /** The server all of them are on. */
  public static LocalPostgres postgres() {
    return POSTGRES;
  }

  private static Database open(String name, int poolSize) {
    Database database = Database.local(POSTGRES, name, poolSize);
    OPEN.add(database);
    NAMES.put(database, name);
    return database;
  }

  /** Its class is initialized once, by the first test that needs a database. */
  private static final class Prepared {
    static {
      POSTGRES.ensureRunning();
      Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::leave, "test-database"));
      drop();
      try (Database template = Database.local(POSTGRES, TEMPLATE, 1)) {
        template.migrate();
      }
    }

    static void once() {}
  }

  private static void leave() {
    OPEN.forEach(Database::close);
    if (POSTGRES.running().isEmpty()) {
      return;
    }
    drop();
    String others =
        "select datname from pg_stat_activity"
            + " where backend_type = 'client backend' and pid <> pg_backend_pid()";
    if (names(others).isEmpty()) {
      POSTGRES.stop();
    }
  }

  /** Drops the databases of this process, and of processes that are gone. */
  private static void drop() {
    for (String name : names("select datname from pg_database")) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        long owner = Long.parseLong(matcher.group(1));
        boolean alive = owner != ME && ProcessHandle.of(owner).isPresent();
        if (!alive) {
          execute("drop database if exists " + name + " with (force)");
        }
      }
    }
  }

  private static void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  private static List<String> names(String sql) {
    List<String> names = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
    return names;
  }

  private static Connection connect() throws SQLException {
    String url = POSTGRES.ensureRunning().jdbcUrl("postgres");
    return DriverManager.getConnection(url, LocalPostgres.USER, POSTGRES.password());
  }
}
