package dev.rollcall.architecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rooms of the product in the order data moves, and which others each may use. */
final class Rooms {

  private static final String ROOT = "dev.rollcall.";

  /**
   * A room.
   *
   * @param name its package below the root
   * @param sentence what it is for
   * @param mayUse the rooms it may use beside itself
   */
  record Room(String name, String sentence, Set<String> mayUse) {
    /** Whether a package is in it, be it in a room within it. */
    boolean holds(String packageName) {
      return packageName.equals(ROOT + name) || packageName.startsWith(ROOT + name + ".");
    }
  }

  private static final List<Room> ALL = List.copyOf(built());

  private Rooms() {}

  static List<Room> all() {
    return ALL;
  }

  private static List<Room> built() {
    List<Room> rooms = new ArrayList<>();
    add(rooms, "model", "the words: records and sealed types");
    add(rooms, "spi", "what a connector says, may throw and is given", "model");
    add(rooms, "plan", "thinking without I/O", "model");
    add(rooms, "http", "one exchange that keeps status, headers and body", "model");
    add(rooms, "db", "data source, the local PostgreSQL, transactions, migrations");
    add(rooms, "files", "files that are handed over: which wait, where they go");
    add(rooms, "event", "the event table: append, claim, finish, look up, tidy", "model", "db");
    add(
        rooms,
        "link",
        "who is who on the other side, where values came from, what people decided",
        "model",
        "db");
    add(rooms, "audit", "every decision and call, append-only", "model", "db");
    add(rooms, "access", "who may come in, and what they may do", "model", "db", "audit");
    add(rooms, "finding", "what a person should look at, until somebody has", "model", "db");
    add(
        rooms,
        "guard",
        "the environment lock; rolling limits on what can do harm in numbers, and the changes they hold",
        "model",
        "spi",
        "db");
    add(
        rooms,
        "intake",
        "who changed, who decided? becomes events",
        "access",
        "model",
        "spi",
        "db",
        "files",
        "event",
        "link",
        "audit",
        "guard",
        "finding");
    add(
        rooms,
        "sync",
        "event to outcome: dispatcher, worker, settlement, rescuer",
        "model",
        "spi",
        "plan",
        "db",
        "event",
        "link",
        "audit",
        "guard",
        "finding");
    add(rooms, "schedule", "named jobs, once per cluster", "db");
    add(
        rooms,
        "connector.campusmessage",
        "messages of PeopleSoft Campus, and what is known of a person from them",
        "model",
        "spi",
        "http",
        "db");
    add(
        rooms,
        "connector.okta",
        "Okta's users and groups, one call at a time",
        "model",
        "spi",
        "http",
        "db");
    add(
        rooms,
        "connector.okta.bulk",
        "Okta's identity sources: many people in one session",
        "connector.okta",
        "model",
        "spi",
        "http",
        "db");
    add(
        rooms,
        "connector.oraclehcm",
        "Oracle HCM Cloud's workers, read in runs into a stage",
        "model",
        "spi",
        "http",
        "db");
    add(
        rooms,
        "connector.repository",
        "the built-in identity repository",
        "model",
        "spi",
        "http",
        "db");
    add(
        rooms,
        "connector.peoplesoftqueue",
        "the database of PeopleSoft: its request queue, its people, who changed",
        "model",
        "spi",
        "http",
        "db");
    add(
        rooms,
        "web",
        "pages, REST API, message endpoint, sign-in: read, and act through intake",
        "access",
        "model",
        "spi",
        "db",
        "event",
        "link",
        "audit",
        "guard",
        "finding",
        "intake",
        "sync",
        "schedule");
    add(
        rooms,
        "config",
        "files and environment to typed settings; secrets",
        "access",
        "model",
        "spi",
        "plan",
        "db",
        "guard");
    Set<String> below = names(rooms);
    rooms.add(new Room("app", "wiring in plain Java; the only place that knows everyone", below));
    Set<String> withApp = names(rooms);
    rooms.add(new Room("bench", "benchmarks through the real path", withApp));
    rooms.add(
        new Room(
            "demo",
            "service and simulators on this machine; plays a scenario and compares",
            Set.of("access", "app", "http", "db")));
    rooms.add(
        new Room(
            "cli",
            "commands: over the REST API, or starting what they need",
            Set.of("access", "http", "app", "bench", "demo", "config", "db", "files", "web")));
    return rooms;
  }

  private static void add(List<Room> rooms, String name, String sentence, String... mayUse) {
    rooms.add(new Room(name, sentence, Set.of(mayUse)));
  }

  private static Set<String> names(List<Room> rooms) {
    Set<String> names = new TreeSet<>();
    rooms.forEach(room -> names.add(room.name()));
    return names;
  }

  /** The room a package is in: of two, the one that lies within the other. */
  static Optional<Room> of(String packageName) {
    return all().stream()
        .filter(room -> room.holds(packageName))
        .max(Comparator.comparingInt(room -> room.name().length()));
  }

  /** The table as it stands in docs/architecture.md. */
  static String table() {
    StringBuilder table = new StringBuilder("| room | is for | may use |\n|---|---|---|\n");
    for (Room room : all()) {
      String uses = room.mayUse().isEmpty() ? "–" : String.join(", ", new TreeSet<>(room.mayUse()));
      table.append("| `%s` | %s | %s |\n".formatted(room.name(), room.sentence(), uses));
    }
    return table.toString();
  }
}
