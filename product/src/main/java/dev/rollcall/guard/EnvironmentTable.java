package dev.rollcall.guard;

import dev.rollcall.db.SqlArrays;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is remembered of the places this database and its sources were bound to. */
final class EnvironmentTable {

  private static final String SENDER = "sender";

  private final JdbcClient jdbc;
  private final Clock clock;

  EnvironmentTable(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Whether the table is there: not before Rollcall of this version has run on the database. */
  boolean isThere() {
    return jdbc.sql("select to_regclass('environment') is not null").query(Boolean.class).single();
  }

  /** Where the database was bound; empty when it never was. */
  Optional<Place> bound() {
    Map<Fact, String> facts = new EnumMap<>(Fact.class);
    jdbc.sql("select fact, value from environment where instance is null")
        .query((row, number) -> Map.entry(row.getString("fact"), row.getString("value")))
        .list()
        .forEach(entry -> {
          for (Fact fact : Fact.values()) {
            if (fact.code().equals(entry.getKey())) {
              facts.put(fact, entry.getValue());
            }
          }
        });
    return facts.isEmpty() ? Optional.empty() : Optional.of(new Place(facts));
  }

  /**
   * Binds the database unless somebody has done so; joins the caller's transaction.
   *
   * @return where it is bound now
   */
  Place bindOnce(Place place) {
    // Two at once must not each write half of it.
    jdbc.sql("lock table environment in share row exclusive mode").update();
    return bound()
        .orElseGet(() -> {
          insert(place);
          return place;
        });
  }

  /** Binds the database to another place; joins the caller's transaction. */
  void bindAnew(Place place) {
    jdbc.sql("lock table environment in share row exclusive mode").update();
    jdbc.sql("delete from environment where instance is null").update();
    insert(place);
  }

  private void insert(Place place) {
    List<Map.Entry<Fact, String>> facts = List.copyOf(place.facts().entrySet());
    jdbc.sql(
            """
            insert into environment (instance, fact, value, bound_at)
            select null, n.fact, n.value, :now
            from unnest(:facts::text[], :values::text[]) as n (fact, value)
            """)
        .param("facts", SqlArrays.texts(facts, entry -> entry.getKey().code()))
        .param("values", SqlArrays.texts(facts, Map.Entry::getValue))
        .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The node whose message an instance was sent first; empty when none ever said its name. */
  Optional<String> sender(String instance) {
    return jdbc.sql("select value from environment where instance = :instance and fact = :fact")
        .param("instance", instance)
        .param("fact", SENDER)
        .query(String.class)
        .optional();
  }

  /**
   * Remembers the first sender of an instance; joins the caller's transaction.
   *
   * @return the one that is remembered, which may be another that was quicker
   */
  String rememberSender(String instance, String sender) {
    jdbc.sql(
            """
            insert into environment (instance, fact, value, bound_at)
            values (:instance, :fact, :sender, :now) on conflict do nothing
            """)
        .param("instance", instance)
        .param("fact", SENDER)
        .param("sender", sender)
        .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
        .update();
    return sender(instance).orElse(sender);
  }
}
