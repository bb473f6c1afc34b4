package dev.rollcall.simulators.okta.log;

import dev.rollcall.simulators.okta.directory.Change;
import dev.rollcall.simulators.okta.directory.Status;
import dev.rollcall.simulators.okta.directory.User;
import dev.rollcall.simulators.okta.log.Happening.Result;
import dev.rollcall.simulators.okta.log.Happening.Target;
import dev.rollcall.simulators.okta.source.Session;
import dev.rollcall.simulators.okta.source.SourceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The System Log of one tenant, made of the ledger's lines in their order, so that one that is
 * opened again says the same. Safe for many threads.
 *
 * <p>Types of events are Okta's; what Okta says beside the type about an import is unpublished:
 * here it is the outcome with its reason, the person as an {@code AppUser} whose alternate id is
 * the external id, and session and external id in {@code debugData}.
 */
public final class SystemLog {
  /** Who does what no caller does. */
  public static final String SYSTEM = "system@okta.com";

  private record Caller(String requestId, String name) {}

  private final List<Happening> happenings = new ArrayList<>();
  private final Map<Long, Caller> callers = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();
  private final Map<String, String> logins = new HashMap<>();
  private final Map<String, String> groups = new HashMap<>();

  /** What had happened up to an instant, in the order in which it was stored. */
  public synchronized List<Happening> until(Instant when) {
    int end = happenings.size();
    while (end > 0 && happenings.get(end - 1).published().isAfter(when)) {
      end--;
    }
    return List.copyOf(happenings.subList(0, end));
  }

  /** A call is under way. */
  public synchronized void asked(long request, String requestId, String caller) {
    callers.put(request, new Caller(requestId, caller));
  }

  /** A call is over. */
  public synchronized void answered(long request) {
    callers.remove(request);
  }

  /** A user, group or membership changed. */
  public synchronized void saw(long request, Instant at, Change change) {
    switch (change) {
      case Change.UserSaved(String what, User user) -> {
        logins.put(user.id(), user.login());
        for (String type : types(what, user)) {
          add(request, at, type, List.of(user(user.id())));
        }
      }
      case Change.UserRemoved(String id) ->
          add(request, at, "user.lifecycle.delete.initiated", List.of(user(id)));
      case Change.GroupSaved(String what, var group) -> groups.put(group.id(), group.name());
      case Change.Joined(String group, String user) ->
          add(request, at, "group.user_membership.add", List.of(user(user), group(group)));
      case Change.Left(String group, String user) ->
          add(request, at, "group.user_membership.remove", List.of(user(user), group(group)));
      case Change.GroupRemoved removed -> {}
      case Change.Mailed mailed -> {}
    }
  }

  /** Something happened to an identity source. */
  public synchronized void saw(long request, Instant at, SourceEvent event) {
    switch (event) {
      case SourceEvent.SourceSaved(var source) -> sources.put(source.id(), source.label());
      case SourceEvent.SessionSaved(String what, Session session) ->
          session(request, at, what, session);
      case SourceEvent.Uploaded uploaded ->
          add(
              request,
              at,
              switch (uploaded.upload()) {
                case UPSERT -> "system.identity_sources.bulk_upsert";
                case DELETE -> "system.identity_sources.bulk_delete";
              },
              Result.SUCCESS,
              null,
              List.of(app(uploaded.source())),
              Map.of("importSessionId", uploaded.session()),
              null);
      case SourceEvent.Applied applied -> applied(at, applied);
      case SourceEvent.Paused paused ->
          add(
              0,
              at,
              "system.import.roadblock",
              Result.FAILURE,
              "Import safeguard: %d of %d assignments would end"
                  .formatted(paused.ending(), paused.assigned()),
              List.of(app(paused.source())),
              Map.of("importSessionId", paused.session()),
              paused.session());
      case SourceEvent.Resumed resumed -> {}
    }
  }

  private void session(long request, Instant at, String what, Session session) {
    List<String> types =
        switch (what) {
          case "created", "triggered", "cancelled", "expired" ->
              List.of("system.import.session." + what);
          case "started" -> List.of("system.import.start", "system.import.user_matching.start");
          case "completed" ->
              List.of(
                  "system.import.user_matching.complete",
                  "system.import.user.complete",
                  "system.import.complete");
          case "failed", "stopped" -> List.of("system.import.complete");
          default -> List.of();
        };
    boolean failed = session.status() == Session.Status.ERROR;
    boolean job = !List.of("created", "triggered", "cancelled").contains(what);
    for (String type : types) {
      add(
          request,
          at,
          type,
          failed ? Result.FAILURE : Result.SUCCESS,
          failed
              ? what.equals("stopped")
                  ? "The import was stopped by the import safeguard"
                  : "The import ended with an error"
              : null,
          List.of(app(session.source())),
          Map.of("importSessionId", session.id()),
          job ? session.id() : null);
    }
  }

  private void applied(Instant at, SourceEvent.Applied applied) {
    Optional<String> type =
        switch (applied.verdict()) {
          case CREATED, LINKED, HELD -> Optional.of("system.import.user.create");
          case UPDATED -> Optional.of("system.import.user.update");
          case DELETED -> Optional.of("system.import.user.delete");
          case FAILED ->
              Optional.of(
                  applied.user() == null
                      ? "system.import.user.create"
                      : "system.import.user.update");
          // Who is as they were, or nobody, is not worth an event.
          case UNCHANGED, IGNORED -> Optional.empty();
        };
    if (type.isEmpty()) {
      return;
    }
    Result result =
        switch (applied.verdict()) {
          case FAILED -> Result.FAILURE;
          case HELD -> Result.DEFERRED;
          case CREATED, LINKED, UPDATED, UNCHANGED, DELETED, IGNORED -> Result.SUCCESS;
        };
    String userName = Optional.ofNullable(applied.userName()).orElse("");
    List<Target> targets = new ArrayList<>();
    if (applied.user() != null) {
      targets.add(user(applied.user()));
    }
    targets.add(
        new Target(
            "AppUser",
            Optional.ofNullable(applied.appUser()).orElse(applied.externalId()),
            applied.externalId(),
            userName));
    targets.add(app(applied.source()));
    Map<String, String> debug = new LinkedHashMap<>();
    debug.put("importSessionId", applied.session());
    debug.put("externalId", applied.externalId());
    add(0, at, type.get(), result, applied.reason(), targets, debug, applied.session());
    switch (applied.verdict()) {
      case CREATED, LINKED ->
          add(
              0,
              at,
              "application.user_membership.add",
              Result.SUCCESS,
              null,
              targets,
              debug,
              applied.session());
      case DELETED ->
          add(
              0,
              at,
              "application.user_membership.remove",
              Result.SUCCESS,
              null,
              targets,
              debug,
              applied.session());
      case UPDATED, UNCHANGED, IGNORED, HELD, FAILED -> {}
    }
  }

  private static List<String> types(String what, User user) {
    return switch (what) {
      case "created" ->
          user.status() == Status.STAGED && user.transition() == null
              ? List.of("user.lifecycle.create")
              : List.of("user.lifecycle.create", "user.lifecycle.activate");
      case "updated", "replaced", "adjusted" -> List.of("user.account.update_profile");
      case "activated" -> List.of("user.lifecycle.activate");
      case "reactivated" -> List.of("user.lifecycle.reactivate");
      case "deactivated" -> List.of("user.lifecycle.deactivate");
      case "suspended" -> List.of("user.lifecycle.suspend");
      case "unsuspended" -> List.of("user.lifecycle.unsuspend");
      default -> List.of();
    };
  }

  private void add(long request, Instant at, String type, List<Target> targets) {
    add(request, at, type, Result.SUCCESS, null, targets, Map.of(), null);
  }

  /**
   * Adds an event.
   *
   * @param job the id of the job that did it; null where a call or somebody by hand did
   */
  private void add(
      long request,
      Instant at,
      String type,
      Result result,
      @Nullable String reason,
      List<Target> targets,
      Map<String, String> debug,
      @Nullable String job) {
    Caller caller = callers.getOrDefault(request, new Caller("none", SYSTEM));
    happenings.add(
        new Happening(
            happenings.size() + 1L,
            at,
            type,
            message(type),
            result,
            reason,
            job == null ? caller.name() : SYSTEM,
            List.copyOf(targets),
            debug,
            job == null ? caller.requestId() : job,
            job != null));
  }

  /** A sentence of the words of the type; Okta's own sentences are in its catalogue alone. */
  private static String message(String type) {
    return type.substring(0, 1).toUpperCase(Locale.ROOT)
        + type.substring(1).replace('.', ' ').replace('_', ' ');
  }

  private Target user(String id) {
    String login = logins.getOrDefault(id, "unknown");
    return new Target("User", id, login, login);
  }

  private Target group(String id) {
    String name = groups.getOrDefault(id, "unknown");
    return new Target("UserGroup", id, name, name);
  }

  private Target app(String id) {
    String label = sources.getOrDefault(id, "unknown");
    return new Target("AppInstance", id, label, label);
  }
}
