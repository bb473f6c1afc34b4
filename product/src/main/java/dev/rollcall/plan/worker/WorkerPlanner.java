package dev.rollcall.plan.worker;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Mapped;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Planner;
import dev.rollcall.plan.Upcoming;
import dev.rollcall.plan.Wanted;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Thinks about workers (seed 002): every field is an attribute, a null empties it. An account ends
 * when the last day is over, and not before; it is theirs by a link alone, because its id is made
 * of theirs. May be shared by threads.
 */
public final class WorkerPlanner implements Planner {

  /** How somebody stands on a day. */
  private sealed interface Standing {
    record Left(LocalDate last) implements Standing {}

    /** Works, or is to begin. */
    record Works() implements Standing {}

    /** Nothing is told of a work relationship: that ends nothing, and begins nothing. */
    record Unknown() implements Standing {}
  }

  /** All that is said of a worker; every one is wanted, empty ones too. */
  public static final List<String> ATTRIBUTES = WorkerFields.ALL;

  private final WorkerSettings settings;

  public WorkerPlanner(WorkerSettings settings) {
    this.settings = settings;
  }

  /** None is ever read. */
  @Override
  public Set<String> nationalIds() {
    return Set.of();
  }

  @Override
  public Wanted want(Facts facts, LocalDate today) {
    WorkerFields worker = WorkerFields.of(facts);
    if (worker == null) {
      return stopped(
          Map.of(), "the source gives no row %s".formatted(WorkerFields.RECORD), List.of());
    }
    Map<String, Mapped> attributes = attributes(worker);
    List<String> remarks = remarks(worker);
    try {
      return new Wanted(attributes, List.of(), Map.of(), next(worker, today), remarks, null);
    } catch (IllegalArgumentException unreadable) {
      return stopped(attributes, String.valueOf(unreadable.getMessage()), remarks);
    }
  }

  private static Wanted stopped(
      Map<String, Mapped> attributes, String reason, List<String> remarks) {
    return new Wanted(attributes, List.of(), Map.of(), null, remarks, new Outcome.Skipped(reason));
  }

  private static Map<String, Mapped> attributes(WorkerFields worker) {
    Map<String, Mapped> attributes = new LinkedHashMap<>();
    for (String field : WorkerFields.ALL) {
      Value value = worker.fields().get(field);
      if (value != null) {
        attributes.put(
            field,
            new Mapped(
                value,
                origin(field, field),
                value instanceof Value.Cleared ? "empty in the source" : "as the source has it"));
      } else if (field.equals(WorkerSettings.LOGIN)) {
        String email = worker.text(WorkerSettings.EMAIL);
        if (email != null) {
          attributes.put(
              field,
              new Mapped(
                  new Value.Text(email),
                  origin("userName|email", WorkerSettings.EMAIL),
                  "the source tells no user names, so the e-mail address"));
        }
      }
    }
    return attributes;
  }

  private static Origin origin(String rule, String field) {
    return new Origin(rule, WorkerFields.RECORD, field, null);
  }

  private static List<String> remarks(WorkerFields worker) {
    String location = worker.text(WorkerFields.LOCATION);
    boolean nameless =
        location != null
            && worker.knows(WorkerFields.LOCATION_NAME)
            && worker.text(WorkerFields.LOCATION_NAME) == null;
    return nameless
        ? List.of("the source has no name for location %s".formatted(location))
        : List.of();
  }

  /** The next day on which the answer differs. */
  private @Nullable Upcoming next(WorkerFields worker, LocalDate today) {
    LocalDate last = worker.date(WorkerFields.TERMINATION);
    LocalDate begin = begin(worker);
    if (begin != null && begin.isAfter(today) && (last == null || !last.isBefore(today))) {
      return new Upcoming(begin, "an account is due from " + begin + " on");
    }
    return last == null || last.isBefore(today)
        ? null
        : new Upcoming(last.plusDays(1), "their last day, %s, is over".formatted(last));
  }

  /** From which day on an account is made, null when at once. */
  private @Nullable LocalDate begin(WorkerFields worker) {
    LocalDate hired = worker.date(WorkerFields.HIRE);
    Integer ahead = settings.createAheadDays();
    return hired == null || ahead == null ? null : hired.minusDays(ahead);
  }

  private static Standing standing(WorkerFields worker, LocalDate today) {
    LocalDate last = worker.date(WorkerFields.TERMINATION);
    if (last != null && last.isBefore(today)) {
      return new Standing.Left(last);
    }
    return worker.knows(WorkerFields.TERMINATION) ? new Standing.Works() : new Standing.Unknown();
  }

  @Override
  public Plan plan(
      Facts facts, Wanted wanted, Match match, @Nullable Account found, LocalDate today) {
    WorkerFields worker = WorkerFields.of(facts);
    Outcome stop = wanted.stop();
    if (stop != null || worker == null) {
      return stopped(
          wanted, match, stop == null ? new Outcome.Skipped("nothing known") : stop, null);
    }
    Standing standing = standing(worker, today);
    return switch (match) {
      case Match.Ambiguous(var candidates, var reason) ->
          stopped(wanted, match, new Outcome.Suspended(reason, candidates), null);
      case Match.None _ -> unmatched(worker, standing, wanted, match, today);
      case Match.Linked(String id, String _) -> matched(standing, wanted, match, id, found);
      case Match.Unique(String id, String _) -> matched(standing, wanted, match, id, found);
    };
  }

  private Plan unmatched(
      WorkerFields worker, Standing standing, Wanted wanted, Match match, LocalDate today) {
    switch (standing) {
      case Standing.Left(LocalDate last) -> {
        return skipped(wanted, match, "left on %s, and no account is there".formatted(last));
      }
      case Standing.Unknown() -> {
        return skipped(wanted, match, "the source tells no work relationship");
      }
      case Standing.Works() -> {}
    }
    String type = worker.text(WorkerFields.TYPE);
    if (type != null && settings.withoutAccount().contains(type)) {
      return skipped(wanted, match, "worker type %s has no account of its own".formatted(type));
    }
    LocalDate begin = begin(worker);
    if (begin != null && begin.isAfter(today)) {
      return stopped(
          wanted,
          match,
          new Outcome.Skipped("an account is due from %s on".formatted(begin)),
          wanted.next());
    }
    List<String> lacking = lacking(wanted);
    if (!lacking.isEmpty()) {
      return stopped(
          wanted,
          match,
          new Outcome.Skipped("no %s in the source".formatted(String.join(", ", lacking))),
          wanted.next(),
          lacking);
    }
    return create(wanted, match);
  }

  /** What an account cannot be made without. */
  private List<String> lacking(Wanted wanted) {
    return WorkerFields.ALL.stream()
        .filter(settings.required()::contains)
        .filter(attribute -> text(wanted.attributes().get(attribute)) == null)
        .toList();
  }

  private static @Nullable String text(@Nullable Mapped mapped) {
    return mapped == null ? null : mapped.value().textOrNull();
  }

  private Plan create(Wanted wanted, Match match) {
    Mapped login = Objects.requireNonNull(wanted.attributes().get(WorkerSettings.LOGIN));
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change.Create(
            Objects.requireNonNull(text(login)), match.reason() + "; " + login.explained()));
    return drafted(wanted, match, null, changes, Status.ENABLED);
  }

  private Plan matched(
      Standing standing, Wanted wanted, Match match, String id, @Nullable Account found) {
    if (found == null) {
      return stopped(
          wanted,
          match,
          new Outcome.Suspended(
              "account %s is gone; %s".formatted(id, match.reason()),
              List.of(Candidate.linked(id))),
          null);
    }
    boolean disabled = found.status() == Status.DISABLED;
    return switch (standing) {
      // Nothing can be written to what ends: it is taken away as a whole.
      case Standing.Left(LocalDate last) ->
          ended(
              wanted,
              match,
              found,
              disabled
                  ? List.of()
                  : List.of(new Change.Deactivate("their last day, %s, is over".formatted(last))));
      case Standing.Unknown() when disabled -> ended(wanted, match, found, List.of());
      case Standing.Unknown() -> drafted(wanted, match, found, new ArrayList<>(), found.status());
      case Standing.Works() -> {
        List<Change> changes = new ArrayList<>();
        if (disabled) {
          changes.add(new Change.Activate("they work, and the account has ended"));
        }
        yield drafted(wanted, match, found, changes, disabled ? Status.ENABLED : found.status());
      }
    };
  }

  private static Plan ended(Wanted wanted, Match match, Account found, List<Change> changes) {
    Account after =
        new Account(
            found.id(), Status.DISABLED, found.attributes(), found.groups(), found.affiliations());
    return new Plan(
        match, after, changes, origins(wanted), null, null, List.of(), wanted.remarks());
  }

  /**
   * All attributes, in every case: what is not known keeps its value, and what people cannot be
   * without does when the source empties it.
   */
  private Plan drafted(
      Wanted wanted, Match match, @Nullable Account found, List<Change> changes, Status status) {
    Map<String, Value> values = new HashMap<>();
    Map<String, Origin> origins = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String attribute : WorkerFields.ALL) {
      Value before = found == null ? null : found.attributes().get(attribute);
      String had = before == null ? null : before.textOrNull();
      Mapped mapped = wanted.attributes().get(attribute);
      boolean needed =
          settings.required().contains(attribute) && text(mapped) == null && found != null;
      if (needed) {
        missing.add(attribute);
      }
      if (mapped == null || needed) {
        values.put(attribute, had == null ? new Value.Cleared() : new Value.Text(had));
        continue;
      }
      values.put(attribute, mapped.value());
      origins.put(attribute, mapped.origin());
      if (!Objects.equals(had, text(mapped)) && !isLoginOfNew(attribute, found)) {
        changes.add(
            new Change.Update(attribute, had, mapped.value(), mapped.origin(), mapped.explained()));
      }
    }
    return new Plan(
        match,
        new Account(found == null ? null : found.id(), status, values, List.of()),
        changes,
        origins,
        wanted.next(),
        null,
        missing,
        wanted.remarks());
  }

  /** It comes with the account. */
  private static boolean isLoginOfNew(String attribute, @Nullable Account found) {
    return found == null && attribute.equals(WorkerSettings.LOGIN);
  }

  private static Plan skipped(Wanted wanted, Match match, String reason) {
    return stopped(wanted, match, new Outcome.Skipped(reason), null);
  }

  private static Plan stopped(Wanted wanted, Match match, Outcome stop, @Nullable Upcoming next) {
    return stopped(wanted, match, stop, next, List.of());
  }

  private static Plan stopped(
      Wanted wanted, Match match, Outcome stop, @Nullable Upcoming next, List<String> missing) {
    Map<String, Value> values = new LinkedHashMap<>();
    wanted.attributes().forEach((attribute, mapped) -> values.put(attribute, mapped.value()));
    return new Plan(
        match,
        new Account(null, Status.ENABLED, values, List.of()),
        List.of(),
        origins(wanted),
        next,
        stop,
        missing,
        wanted.remarks());
  }

  private static Map<String, Origin> origins(Wanted wanted) {
    Map<String, Origin> origins = new LinkedHashMap<>();
    wanted.attributes().forEach((attribute, mapped) -> origins.put(attribute, mapped.origin()));
    return origins;
  }
}
