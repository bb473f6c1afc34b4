package dev.rollcall.access;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The room over a real database, with a clock that a test moves. */
final class AccessRoom {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final String OWN_TOKEN = "the-token-of-the-home";
  static final AccessSettings SETTINGS =
      new AccessSettings(
          Duration.ofMinutes(30), Duration.ofHours(12), 3, 5, Duration.ofMinutes(15));

  final SettableClock clock = new SettableClock(NOON);
  final Database database;
  final List<String> passwordsChanged = new ArrayList<>();
  final Access access;

  AccessRoom() {
    this(SharedDatabase.emptied());
  }

  /** As another process on the same database. */
  AccessRoom(Database database) {
    this.database = database;
    this.access =
        Access.assemble(
            database,
            clock,
            new Audit(database.jdbc(), clock, new JsonMapper()),
            SETTINGS,
            OWN_TOKEN,
            passwordsChanged::add);
  }

  /** Somebody whose password was changed as it has to be. */
  User user(String name, Role role) {
    Users.Fresh fresh = access.users().add(name, role, false, "test");
    return access.users().changePassword(name, fresh.password(), passwordOf(name));
  }

  static String passwordOf(String name) {
    return "a long sentence of " + (name.charAt(0) - 'a');
  }

  List<String> audited() {
    return texts("select kind || ' ' || entry::text from audit order by id");
  }

  List<String> texts(String sql) {
    return database.jdbc().sql(sql).query((row, number) -> row.getString(1)).list();
  }
}
