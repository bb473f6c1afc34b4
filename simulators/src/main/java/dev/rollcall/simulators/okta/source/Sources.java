package dev.rollcall.simulators.okta.source;

import dev.rollcall.simulators.okta.directory.Directory;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.source.Session.Fate;
import dev.rollcall.simulators.okta.source.Session.Status;
import dev.rollcall.simulators.okta.source.SourceEvent.Applied;
import dev.rollcall.simulators.okta.source.SourceEvent.Uploaded;
import dev.rollcall.simulators.okta.source.SourceEvent.Verdict;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The identity sources of one tenant, their sessions and the people they assigned. What takes its
 * time happens on the clock: whoever looks first has the imports run that ended meanwhile. Every
 * event is told to the witness before anybody can see it. Guarded by this object's monitor.
 */
public final class Sources {
  /** The most people in one request. */
  public static final int MAX_ROWS = 200;

  /** The most bytes of one request. */
  public static final int MAX_BYTES = 200_000;

  /** The most requests of one session. */
  public static final int MAX_REQUESTS = 50;

  /** No session can be created so soon after one of the same source was triggered. */
  public static final Duration SPACING = Duration.ofMinutes(5);

  /** A session without a request for so long is over. */
  public static final Duration IDLE = Duration.ofHours(24);

  /** The safeguard looks away below this number of assignments. */
  private static final int SAFEGUARD_FROM = 100;

  private static final String ABOUT_SESSION = "importSessionId";
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** Is told of each event, in order, before it can be seen. */
  @FunctionalInterface
  public interface Witness {
    /**
     * Takes note of an event.
     *
     * @param request the number of the call it came from; 0 where it came from none
     */
    void saw(long request, Instant at, SourceEvent event);
  }

  /**
   * How long the processing of a session takes.
   *
   * @param session for each session
   * @param row for each person in it, on top
   */
  public record Pace(Duration session, Duration row) {}

  /** A session with what it took. */
  public record Taken(Session session, List<Upload> uploads, int applied) {}

  /** That imports wait until somebody lets them go on. */
  public record Roadblock(String source, String session, Instant since, int ending, int assigned) {}

  private static final class Held {
    Session session;
    Instant touched;
    final List<Upload> uploads = new ArrayList<>();
    final List<List<Row>> rows = new ArrayList<>();
    int applied;

    Held(Session session) {
      this.session = session;
      touched = session.created();
    }

    int size() {
      return uploads.stream().mapToInt(Upload::rows).sum();
    }
  }

  private static final class People {
    final Map<String, Assignment> byExternalId = new LinkedHashMap<>();
    final Map<String, String> byUser = new HashMap<>();
  }

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Directory directory;
  private final Supplier<Pace> pace;
  private final Witness witness;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, Held> sessions = new LinkedHashMap<>();
  private final Map<String, Held> open = new LinkedHashMap<>();
  private final Map<String, People> people = new HashMap<>();
  private final Map<String, Instant> lastTriggered = new HashMap<>();
  private final Map<String, Instant> free = new HashMap<>();
  private @Nullable Roadblock roadblock;

  public Sources(Clock clock, Directory directory, Supplier<Pace> pace, Witness witness) {
    this.clock = clock;
    this.directory = directory;
    this.pace = pace;
    this.witness = witness;
  }

  /**
   * Makes an event again that an earlier life had noted.
   *
   * @param body of the call it came from, for an upload
   */
  public synchronized void replay(
      SourceEvent event, Instant at, long request, Supplier<JsonNode> body) {
    List<Row> rows =
        event instanceof Uploaded uploaded ? Row.of(body.get(), uploaded.upload()) : List.of();
    apply(event, at, request, rows);
  }

  // ---- sources

  public synchronized List<Source> all() {
    return List.copyOf(sources.values());
  }

  /**
   * The source of this id.
   *
   * @throws Refusal E0000007 where there is none
   */
  public synchronized Source source(String id) {
    return find(id).orElseThrow(() -> Refusal.notFound(id, "IdentitySource"));
  }

  public synchronized Optional<Source> find(String id) {
    return Optional.ofNullable(sources.get(id));
  }

  public synchronized void keep(Source source) {
    tell(0, clock.instant(), new SourceEvent.SourceSaved(source));
  }

  /** An id for a source that has none. */
  public synchronized String freshSource() {
    return id("0oa");
  }

  /** Whom a source knows, in the order in which it came to know them. */
  public synchronized List<Assignment> assignments(String source) {
    return List.copyOf(people(source).byExternalId.values());
  }

  // ---- sessions

  /** The sessions of which something can still come, oldest first. */
  public synchronized List<Session> active(String source) {
    source(source);
    return of(source).map(held -> held.session).toList();
  }

  /** All sessions of a source with what they took, oldest first. */
  public synchronized List<Taken> taken(String source) {
    return sessions.values().stream()
        .filter(held -> held.session.source().equals(source))
        .map(held -> new Taken(held.session, List.copyOf(held.uploads), held.applied))
        .toList();
  }

  public synchronized Session session(String source, String session) {
    return held(source, session).session;
  }

  /**
   * Creates a session.
   *
   * @throws Refusal E0000001 while another one is open, or for five minutes after one was triggered
   */
  public synchronized Session create(String source, long request) {
    source(source);
    Instant now = clock.instant();
    // A session in progress is in the way as one just created is; nobody publishes otherwise.
    boolean busy = of(source).anyMatch(held -> held.session.status().takes());
    @Nullable Instant triggered = lastTriggered.get(source);
    if (busy || (triggered != null && now.isBefore(triggered.plus(SPACING)))) {
      throw Refusal.invalid(
          "identitySourceId",
          List.of(
              "Only one active import session per identity source is allowed to be created every 5"
                  + " minutes"));
    }
    return made(source, "api", now, request);
  }

  /** Somebody else makes a session, whatever is in the way. */
  public synchronized Session stray(String source, Duration ago) {
    source(source);
    return made(source, "hand", clock.instant().minus(ago), 0);
  }

  private Session made(String source, String by, Instant at, long request) {
    Session session =
        new Session(id("aps"), source, Status.CREATED, by, at, at, null, null, null, Fate.NORMAL);
    tell(request, at, new SourceEvent.SessionSaved("created", session));
    return session;
  }

  /**
   * Cancels a session; what was loaded is dropped.
   *
   * @throws Refusal E0000001 where it is not open any more
   */
  public synchronized void cancel(String source, String session, long request) {
    Held held = held(source, session);
    if (!held.session.status().takes()) {
      throw Refusal.invalid(
          ABOUT_SESSION,
          List.of("Only a session that is in CREATED or IN_PROGRESS status can be canceled."));
    }
    save("cancelled", held.session.in(Status.CLOSED, clock.instant()), request);
  }

  /**
   * Takes a bulk request. It is stored, not looked into.
   *
   * @param bytes of the body
   * @throws Refusal E0000001 where the session takes none, where it is one too many or too large,
   *     E0000003 where it cannot be read
   */
  public synchronized void upload(
      String source,
      String session,
      Upload.Kind kind,
      Supplier<? extends JsonNode> body,
      int bytes,
      long request) {
    Held held = held(source, session);
    if (!held.session.status().takes()) {
      throw Refusal.invalid(
          ABOUT_SESSION,
          List.of("Only a session that is in CREATED or IN_PROGRESS status can be loaded."));
    }
    // What Okta says to too much is unpublished.
    if (bytes > MAX_BYTES) {
      throw Refusal.invalid(
          "profiles", List.of("The request is larger than " + MAX_BYTES + " bytes"));
    }
    List<Row> rows = Row.of(body.get(), kind);
    if (held.uploads.size() >= MAX_REQUESTS) {
      throw Refusal.invalid(
          ABOUT_SESSION,
          List.of("The session has taken " + MAX_REQUESTS + " requests, which is the most"));
    }
    boolean moves = kind == Upload.Kind.UPSERT || anyKnown(source, rows);
    int number = held.uploads.size() + 1;
    Uploaded event = new Uploaded(source, session, number, kind, rows.size(), bytes, moves);
    Instant now = clock.instant();
    witness.saw(request, now, event);
    apply(event, now, request, rows);
  }

  /**
   * Asks for the import.
   *
   * @param fate how its processing is to go
   * @throws Refusal E0000001 where nothing is loaded or it was asked for before
   */
  public synchronized Session trigger(String source, String session, Fate fate, long request) {
    Held held = held(source, session);
    if (held.session.status() != Status.IN_PROGRESS) {
      // The text is unpublished.
      throw Refusal.invalid(
          ABOUT_SESSION, List.of("Only a session that is in IN_PROGRESS status can be triggered."));
    }
    save("triggered", held.session.triggered(clock.instant(), fate), request);
    return held.session;
  }

  /**
   * Ends a session by hand, without applying anything more of it.
   *
   * @throws Refusal E0000001 for one there is not
   */
  public synchronized Session end(String source, String session, Status status) {
    Held held = held(source, session);
    Instant now = clock.instant();
    save("ended by hand", held.session.in(status, now), 0);
    return held.session;
  }

  /** Lets a stuck session go on, from now. */
  public synchronized Session release(String source, String session) {
    Held held = held(source, session);
    Session stuck = held.session;
    Instant now = clock.instant();
    save(
        "released",
        new Session(
            stuck.id(),
            stuck.source(),
            stuck.status(),
            stuck.by(),
            stuck.created(),
            stuck.lastUpdated(),
            stuck.triggered(),
            now,
            now.plus(duration(held)),
            Fate.NORMAL),
        0);
    return held.session;
  }

  /** What holds up all imports, if anything does. */
  public synchronized Optional<Roadblock> roadblock() {
    return Optional.ofNullable(roadblock);
  }

  /** Lets imports go on that the safeguard holds up. */
  public synchronized void resume() {
    tell(0, clock.instant(), new SourceEvent.Resumed());
  }

  /** A call named this session, whatever came of it: it is in use. */
  public synchronized void touched(String session, Instant at) {
    Optional.ofNullable(open.get(session)).ifPresent(held -> held.touched = at);
  }

  // ---- time

  /** Has everything happen whose time has come. */
  public synchronized void catchUp() {
    Instant now = clock.instant();
    for (Held held : List.copyOf(open.values())) {
      Instant over = held.touched.plus(IDLE);
      if (held.session.status().takes() && !over.isAfter(now)) {
        save("expired", held.session.in(Status.EXPIRED, over), over, 0);
      }
    }
    for (Optional<Held> next = next(now); next.isPresent(); next = next(now)) {
      step(next.get());
    }
  }

  private Optional<Held> next(Instant now) {
    Set<String> seen = new HashSet<>();
    return roadblock != null
        ? Optional.empty()
        : open.values().stream()
            .filter(held -> held.session.status() == Status.TRIGGERED)
            .sorted(Comparator.comparing(Sources::triggered))
            .filter(held -> seen.add(held.session.source()))
            .filter(held -> held.session.starts() == null || held.session.fate() != Fate.STUCK)
            .filter(held -> !due(held).isAfter(now))
            .min(Comparator.comparing(this::due));
  }

  private static Instant triggered(Held held) {
    return held.session.triggered() == null ? Instant.MAX : held.session.triggered();
  }

  /** When the next thing happens to the session whose turn it is. */
  private Instant due(Held held) {
    Instant asked = triggered(held);
    Instant before = free.getOrDefault(held.session.source(), asked);
    Instant starts = before.isAfter(asked) ? before : asked;
    return held.session.starts() == null || held.session.ends() == null
        ? starts
        : held.session.ends();
  }

  private Duration duration(Held held) {
    return pace.get().session().plus(pace.get().row().multipliedBy(held.size()));
  }

  private void step(Held held) {
    Instant at = due(held);
    if (held.session.starts() == null) {
      save("started", held.session.processed(at, at.plus(duration(held))), at, 0);
      return;
    }
    Source source = source(held.session.source());
    switch (held.session.fate()) {
      case ERROR -> save("failed", held.session.in(Status.ERROR, at), at, 0);
      case HALF -> {
        run(source, held, at, held.size() / 2);
        save("failed", held.session.in(Status.ERROR, at), at, 0);
      }
      case NORMAL, STUCK -> {
        int assigned =
            (int)
                people(source.id()).byExternalId.values().stream()
                    .filter(Assignment::assigned)
                    .count();
        int ending = ending(source.id(), held);
        boolean stopped =
            held.applied == 0
                && assigned >= SAFEGUARD_FROM
                && ending * 100L > (long) source.settings().safeguardPercent() * assigned;
        if (stopped) {
          // How the session ends that the safeguard stopped is unpublished.
          tell(0, at, new SourceEvent.Paused(source.id(), held.session.id(), ending, assigned));
          save("stopped", held.session.in(Status.ERROR, at), at, 0);
        } else {
          run(source, held, at, held.size());
          save("completed", held.session.in(Status.COMPLETED, at), at, 0);
        }
      }
    }
  }

  /** How many assignments that hold would end with a session. */
  private int ending(String source, Held held) {
    Map<String, Boolean> stays = new HashMap<>();
    for (Upload upload : held.uploads) {
      for (Row row : held.rows.get(upload.number() - 1)) {
        stays.put(row.externalId(), upload.kind() == Upload.Kind.UPSERT);
      }
    }
    Map<String, Assignment> known = people(source).byExternalId;
    return (int)
        stays.entrySet().stream()
            .filter(one -> !one.getValue())
            .filter(one ->
                Optional.ofNullable(known.get(one.getKey()))
                    .filter(Assignment::assigned)
                    .isPresent())
            .count();
  }

  /** Applies the first rows of a session, those left out that an earlier life had applied. */
  private void run(Source source, Held held, Instant at, int most) {
    People mine = people(source.id());
    Import work =
        new Import(
            source,
            held.session,
            at,
            directory,
            new Import.Known() {
              @Override
              public Optional<Assignment> assignment(String externalId) {
                return Optional.ofNullable(mine.byExternalId.get(externalId));
              }

              @Override
              public Optional<String> holder(String user) {
                return Optional.ofNullable(mine.byUser.get(user));
              }

              @Override
              public String freshAppUser() {
                return id("0ua");
              }
            });
    int place = 0;
    for (Upload upload : List.copyOf(held.uploads)) {
      List<Row> rows = held.rows.get(upload.number() - 1);
      for (int i = 0; i < rows.size() && place < most; i++) {
        if (place++ >= held.applied) {
          tell(upload.request(), at, work.row(upload, i, rows.get(i)));
        }
      }
    }
  }

  // ---- within

  private void save(String what, Session session, long request) {
    save(what, session, clock.instant(), request);
  }

  private void save(String what, Session session, Instant at, long request) {
    tell(request, at, new SourceEvent.SessionSaved(what, session));
  }

  private void tell(long request, Instant at, SourceEvent event) {
    witness.saw(request, at, event);
    apply(event, at, request, List.of());
  }

  private void apply(SourceEvent event, Instant at, long request, List<Row> rows) {
    switch (event) {
      case SourceEvent.SourceSaved(Source source) -> sources.put(source.id(), source);
      case SourceEvent.SessionSaved(String what, Session session) -> apply(session, at);
      case Uploaded uploaded -> {
        Held held = held(uploaded.source(), uploaded.session());
        held.uploads.add(
            new Upload(
                uploaded.number(), request, uploaded.upload(), rows.size(), uploaded.bytes(), at));
        held.rows.add(rows);
        held.session =
            held.session.in(uploaded.moves() ? Status.IN_PROGRESS : held.session.status(), at);
      }
      case Applied applied -> apply(applied);
      case SourceEvent.Paused paused ->
          roadblock =
              new Roadblock(
                  paused.source(), paused.session(), at, paused.ending(), paused.assigned());
      case SourceEvent.Resumed resumed -> {
        roadblock = null;
        sources.keySet().forEach(source -> free.merge(source, at, Sources::later));
      }
    }
  }

  private void apply(Session session, Instant at) {
    Held held = sessions.computeIfAbsent(session.id(), id -> new Held(session));
    held.session = session;
    if (session.status().active()) {
      open.put(session.id(), held);
    } else {
      open.remove(session.id());
      held.rows.replaceAll(rows -> List.of());
      if (session.triggered() != null) {
        free.merge(session.source(), at, Sources::later);
      }
    }
    if (session.triggered() != null) {
      lastTriggered.merge(session.source(), session.triggered(), Sources::later);
    }
  }

  private void apply(Applied applied) {
    Held held = held(applied.source(), applied.session());
    held.applied++;
    People mine = people(applied.source());
    @Nullable Assignment before = mine.byExternalId.get(applied.externalId());
    if (applied.verdict() == Verdict.FAILED
        || applied.verdict() == Verdict.IGNORED
        || applied.appUser() == null) {
      return;
    }
    boolean deleted = applied.verdict() == Verdict.DELETED;
    Map<String, JsonNode> known = before == null ? Map.of() : before.profile();
    Map<String, JsonNode> profile =
        deleted
            ? known
            : Import.merged(
                source(applied.source()),
                known,
                held.rows.get(applied.upload() - 1).get(applied.row()));
    mine.byExternalId.put(
        applied.externalId(),
        new Assignment(applied.externalId(), applied.appUser(), applied.user(), !deleted, profile));
    if (before != null && before.user() != null) {
      mine.byUser.remove(before.user());
    }
    if (applied.user() != null) {
      mine.byUser.put(applied.user(), applied.externalId());
    }
  }

  /** Whether a source has one of them, or was sent one by a session still to be processed. */
  private boolean anyKnown(String source, List<Row> rows) {
    Set<String> known = new HashSet<>();
    people(source)
        .byExternalId
        .forEach((id, assignment) -> {
          if (assignment.active()) {
            known.add(id);
          }
        });
    of(source)
        .forEach(held ->
            held.uploads.stream()
                .filter(upload -> upload.kind() == Upload.Kind.UPSERT)
                .flatMap(upload -> held.rows.get(upload.number() - 1).stream())
                .forEach(row -> known.add(row.externalId())));
    return rows.stream().anyMatch(row -> known.contains(row.externalId()));
  }

  private Stream<Held> of(String source) {
    return open.values().stream().filter(held -> held.session.source().equals(source));
  }

  private People people(String source) {
    return people.computeIfAbsent(source, id -> new People());
  }

  private Held held(String source, String session) {
    source(source);
    return Optional.ofNullable(sessions.get(session))
        .filter(held -> held.session.source().equals(source))
        .orElseThrow(() ->
            Refusal.invalid(
                ABOUT_SESSION, List.of("The import session " + session + " does not exist.")));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private String id(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < 17; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
