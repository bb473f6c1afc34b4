package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.BulkTarget;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.TooSoon;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Another system that takes people in sessions, in memory: every step is a call. */
final class FakeSessions implements BulkTarget {

  /** A session as the other side keeps it. */
  static final class Kept {
    final String id;
    State state = State.CREATED;
    Instant changed;
    final List<String> given = new ArrayList<>();

    Kept(String id, Instant changed) {
      this.id = id;
      this.changed = changed;
    }

    private Session told() {
      return new Session(id, state, changed);
    }
  }

  private static final Duration BETWEEN = Duration.ofMinutes(5);

  private final Clock clock;

  /** People in a request, and requests in a session. */
  int page = 2;

  int pages = 3;
  final Map<String, Kept> sessions = new LinkedHashMap<>();

  /** What was called, in order. */
  final List<String> called = new ArrayList<>();

  /** What imports did to whom, in order. */
  final List<String> imported = new ArrayList<>();

  final Map<String, String> taken = new HashMap<>();
  final Map<String, String> failing = new HashMap<>();
  @Nullable String objection;
  State ends = State.COMPLETED;

  /** Run before a call has its effect; may throw. */
  Consumer<String> before = _ -> {};

  /** Run after a call had its effect, before it is answered; may throw. */
  Consumer<String> after = _ -> {};

  private final Map<String, Account> wanted = new HashMap<>();
  private final Map<String, Account> accepted = new HashMap<>();
  private @Nullable Instant started;

  FakeSessions(Clock clock) {
    this.clock = clock;
  }

  @Override
  public AccountTarget accepted() {
    return new AccountTarget() {
      @Override
      public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
        return Map.of();
      }

      @Override
      public Map<String, Account> read(Collection<String> ids) {
        Map<String, Account> found = new HashMap<>(accepted);
        found.keySet().retainAll(ids);
        return found;
      }

      @Override
      public List<Applied> apply(List<Application> applications) {
        throw new AssertionError("nothing is applied one by one");
      }
    };
  }

  @Override
  public Map<String, String> taken(Errand errand, Collection<String> logins) {
    return call(
        errand,
        "taken",
        false,
        () -> {
          Map<String, String> found = new HashMap<>(taken);
          found.keySet().retainAll(logins);
          return found;
        });
  }

  @Override
  public Packed pack(List<Application> applications) {
    Map<SubjectKey, String> ids = new HashMap<>();
    List<SubjectKey> left = new ArrayList<>();
    List<String> upserts = new ArrayList<>();
    List<String> deletes = new ArrayList<>();
    for (Application one : applications) {
      if (ids.size() >= page * pages) {
        left.add(one.subject());
        continue;
      }
      String id = one.subject().id();
      ids.put(one.subject(), id);
      boolean delete = one.changes().stream().anyMatch(Change.Deactivate.class::isInstance);
      (delete ? deletes : upserts).add(id);
      Map<String, Value> values = new HashMap<>(one.wanted().attributes());
      one.changes().stream()
          .filter(Change.Create.class::isInstance)
          .forEach(change -> values.put("login", new Value.Text(((Change.Create) change).login())));
      wanted.put(
          id,
          new Account(
              id, delete ? Status.DISABLED : Status.ENABLED, values, one.wanted().affiliations()));
    }
    List<Parcel> parcels = new ArrayList<>();
    parcels(parcels, Kind.UPSERT, upserts);
    parcels(parcels, Kind.DELETE, deletes);
    return new Packed(parcels, ids, Map.of(), left);
  }

  private void parcels(List<Parcel> parcels, Kind kind, List<String> ids) {
    for (int i = 0; i < ids.size(); i += page) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + page));
      parcels.add(new Parcel(kind, kind + " " + String.join(",", some), some));
    }
  }

  @Override
  public List<Session> open(Errand errand) {
    return call(
        errand,
        "open",
        false,
        () ->
            sessions.values().stream()
                .filter(one ->
                    Set.of(State.CREATED, State.IN_PROGRESS, State.TRIGGERED).contains(one.state))
                .map(Kept::told)
                .toList());
  }

  @Override
  public Session begin(Errand errand) {
    return call(
        errand,
        "begin",
        true,
        () -> {
          if (started != null && clock.instant().isBefore(started.plus(BETWEEN))) {
            throw new TooSoon("one every five minutes", Duration.ofSeconds(30));
          }
          Kept kept = new Kept("aps" + (sessions.size() + 1), clock.instant());
          sessions.put(kept.id, kept);
          return kept.told();
        });
  }

  @Override
  public void give(Errand errand, String session, Parcel parcel) {
    call(
        errand,
        "give " + parcel.body(),
        true,
        () -> {
          Kept kept = kept(session);
          if (kept.state != State.CREATED && kept.state != State.IN_PROGRESS) {
            throw new ConnectorException(ErrorKind.INVALID, "the session takes nothing", null);
          }
          kept.state = State.IN_PROGRESS;
          kept.given.add(parcel.body());
          return kept;
        });
  }

  @Override
  public Session start(Errand errand, String session) {
    return call(
        errand,
        "start",
        true,
        () -> {
          Kept kept = kept(session);
          if (kept.state != State.IN_PROGRESS) {
            throw new ConnectorException(ErrorKind.INVALID, "it cannot be started", null);
          }
          kept.state = State.TRIGGERED;
          started = clock.instant();
          return kept.told();
        });
  }

  /** The other side comes to the end of what was started. */
  void work() {
    for (Kept kept : sessions.values()) {
      if (kept.state == State.TRIGGERED) {
        kept.state = ends;
        if (ends == State.COMPLETED) {
          imported.addAll(kept.given);
        }
      }
    }
  }

  @Override
  public @Nullable Session look(Errand errand, String session) {
    return call(
        errand, "look", false, () -> sessions.containsKey(session) ? kept(session).told() : null);
  }

  @Override
  public void cancel(Errand errand, String session) {
    call(
        errand,
        "cancel",
        true,
        () -> {
          Kept kept = sessions.get(session);
          if (kept != null && (kept.state == State.CREATED || kept.state == State.IN_PROGRESS)) {
            kept.state = State.CLOSED;
          }
          return "";
        });
  }

  @Override
  public Verdicts verdicts(
      Errand errand, String session, Instant since, Collection<String> accountIds) {
    return call(
        errand,
        "verdicts",
        false,
        () -> {
          Map<String, String> failed = new HashMap<>(failing);
          failed.keySet().retainAll(accountIds);
          return new Verdicts(failed);
        });
  }

  @Override
  public void accept(Parcel parcel, Set<String> but) {
    for (String id : parcel.accountIds()) {
      Account account = wanted.get(id);
      if (account != null && !but.contains(id)) {
        accepted.put(id, account);
      }
    }
  }

  @Override
  public @Nullable String objection(int deletions, long known) {
    return objection;
  }

  private Kept kept(String session) {
    Kept kept = sessions.get(session);
    if (kept == null) {
      throw new ConnectorException(ErrorKind.INVALID, "unknown session", null);
    }
    return kept;
  }

  private <T extends @Nullable Object> T call(
      Errand errand, String what, boolean write, Supplier<T> effect) {
    errand.before("sessions", write);
    called.add(what);
    before.accept(what);
    T answer = effect.get();
    after.accept(what);
    errand.after(
        new Call(
            "sessions",
            write ? "POST" : "GET",
            "/sessions",
            write,
            200,
            null,
            "r1",
            null,
            Duration.ofMillis(3)));
    return answer;
  }
}
