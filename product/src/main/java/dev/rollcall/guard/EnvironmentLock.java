package dev.rollcall.guard;

import dev.rollcall.db.Database;
import dev.rollcall.db.Servers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of Rollcall's database from doing what the original does. The database is bound to
 * the place where it is used first; anywhere else nothing is worked until somebody adopts it. Any
 * number of processes may use it in its place. Safe for use by many threads.
 */
public final class EnvironmentLock {

  private static final Logger log = LoggerFactory.getLogger(EnvironmentLock.class);

  /** How long an answer is believed: a database is not moved between two claims. */
  private static final Duration BELIEVED = Duration.ofSeconds(2);

  private final Database database;
  private final EnvironmentTable table;
  private final String machine;
  private final Servers servers;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile @Nullable Answer last;
  private @Nullable Objection told;

  /**
   * @param machine the name of the machine this process runs on
   * @param servers those between which the database may move
   */
  public EnvironmentLock(Database database, Clock clock, String machine, Servers servers) {
    this.database = database;
    this.table = new EnvironmentTable(database.jdbc(), clock);
    this.machine = machine;
    this.servers = servers;
  }

  /** What was found, or why nothing could be; a failure is an answer too, for all who wait. */
  private record Answer(
      long at, Optional<Objection> objection, @Nullable RuntimeException failure) {
    boolean believed() {
      return System.nanoTime() - at < BELIEVED.toNanos();
    }

    Optional<Objection> get() {
      if (failure != null) {
        throw failure;
      }
      return objection;
    }
  }

  /**
   * Why nothing may be worked, sent or taken in here; empty when all is well. Binds a database that
   * never was. Looks every two seconds at most; not to be called in a transaction.
   *
   * @throws RuntimeException when the database cannot be asked: then nothing may be done either
   */
  public Optional<Objection> objection() {
    Answer answer = last;
    if (answer == null || !answer.believed()) {
      looking.lock();
      try {
        answer = last;
        if (answer == null || !answer.believed()) {
          answer = ask();
          last = answer;
        }
      } finally {
        looking.unlock();
      }
    }
    return answer.get();
  }

  private Answer ask() {
    long at = System.nanoTime();
    try {
      Place now = Place.of(database.jdbc(), machine);
      Place bound =
          table.bound().orElseGet(() -> database.inTransaction(() -> table.bindOnce(now)));
      Optional<Objection> objection = objection(bound, now);
      tell(objection.orElse(null));
      return new Answer(at, objection, null);
    } catch (RuntimeException failure) {
      return new Answer(at, Optional.empty(), failure);
    }
  }

  private Optional<Objection> objection(Place bound, Place now) {
    List<Difference> differences = now.from(bound, servers);
    return differences.isEmpty() ? Optional.empty() : Optional.of(new Objection(differences));
  }

  private void tell(@Nullable Objection objection) {
    if (objection != null && !objection.equals(told)) {
      log.error("{}", objection.text());
    } else if (objection == null && told != null) {
      log.info("Rollcall's database is where it is bound again");
    }
    told = objection;
  }

  /**
   * A fact of the place the database is in.
   *
   * @param bound what it was when the database was bound; null when it could not be seen
   * @param now null when it cannot be seen
   */
  public record FactView(String fact, @Nullable String bound, @Nullable String now) {}

  /**
   * How it stands.
   *
   * @param bound whether the database was ever used by this version of Rollcall
   */
  public record Standing(boolean bound, Optional<Objection> objection, List<FactView> facts) {
    public Standing {
      facts = List.copyOf(facts);
    }
  }

  /** Looks now, and changes nothing. */
  public Standing look() {
    Place now = Place.of(database.jdbc(), machine);
    Optional<Place> bound = table.isThere() ? table.bound() : Optional.empty();
    List<FactView> facts = new ArrayList<>();
    for (Fact fact : Fact.values()) {
      String was = bound.map(place -> place.facts().get(fact)).orElse(null);
      if (was != null || now.facts().containsKey(fact)) {
        facts.add(new FactView(fact.code(), was, now.facts().get(fact)));
      }
    }
    return new Standing(bound.isPresent(), bound.flatMap(place -> objection(place, now)), facts);
  }

  /**
   * Binds the database to where it is now; joins the caller's transaction. Other processes see it
   * within two seconds.
   *
   * @return what differed; empty when nothing did
   */
  public List<Difference> adopt() {
    Place now = Place.of(database.jdbc(), machine);
    List<Difference> differences = now.from(table.bindOnce(now), Servers.none());
    if (!differences.isEmpty()) {
      table.bindAnew(now);
    }
    return differences;
  }

  /** Forgets what was found: the next who asks looks again. */
  public void lookAgain() {
    last = null;
  }
}
