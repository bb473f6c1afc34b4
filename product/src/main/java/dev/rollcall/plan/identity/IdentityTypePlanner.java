package dev.rollcall.plan.identity;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Line;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Outcome;
import dev.rollcall.plan.Correlation;
import dev.rollcall.plan.LinePlan;
import dev.rollcall.plan.LinePlanner;
import dev.rollcall.plan.Mapped;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Wanted;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Thinks about people by the identity types they hold (seed 000): the first of the configured types
 * decides login, e-mail address, phone and how an account begins; groups are those of all types.
 * Who holds none any more, or has left, has their account deactivated; of whom too little is known
 * nothing is decided. May be shared by threads.
 */
public final class IdentityTypePlanner implements LinePlanner {

  private final IdentitySettings settings;
  private final IdentityCorrelation correlation;
  private final LineDrafts lines;

  public IdentityTypePlanner(IdentitySettings settings) {
    this.settings = settings;
    this.correlation = new IdentityCorrelation(settings);
    this.lines = new LineDrafts(settings);
  }

  @Override
  public Set<String> nationalIds() {
    return settings.attributes().entrySet().stream()
        .filter(entry -> entry.getValue().fields().stream().anyMatch(Origin::isNationalId))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Correlation correlation() {
    return correlation;
  }

  @Override
  public Wanted want(Facts facts, LocalDate today) {
    PersonFields person = PersonFields.of(facts);
    if (person == null) {
      return new Wanted(
          Map.of(),
          List.of(),
          Map.of(),
          null,
          List.of(),
          new Outcome.Skipped("the source gives no row %s".formatted(PersonFields.RECORD)));
    }
    Thought thought = Thought.of(facts, person, settings);
    Map<String, Mapped> attributes = new LinkedHashMap<>();
    if (!thought.logins().isEmpty()) {
      attributes.put(IdentitySettings.LOGIN, thought.logins().getFirst());
    }
    attributes.putAll(thought.attributes());
    return new Wanted(
        attributes,
        List.of(),
        criteria(thought, attributes),
        null,
        thought.remarks(),
        null,
        thought.logins().stream().skip(1).toList());
  }

  /**
   * The login, the number and the e-mail address. For whom no account is due only the number: an
   * address alone would do for a doubt, but never for an end.
   */
  private Map<String, String> criteria(Thought thought, Map<String, Mapped> attributes) {
    Map<String, String> criteria = new LinkedHashMap<>();
    boolean due = thought.held().standing() == HeldTypes.Standing.HOLDS;
    List<String> by =
        due
            ? List.of(IdentitySettings.LOGIN, settings.correlation(), IdentitySettings.EMAIL)
            : List.of(settings.correlation());
    for (String attribute : by) {
      Mapped mapped = attributes.get(attribute);
      String text = mapped == null ? null : mapped.value().textOrNull();
      if (text != null) {
        criteria.put(attribute, text);
      }
    }
    return criteria;
  }

  @Override
  public Plan plan(
      Facts facts, Wanted wanted, Match match, @Nullable Account found, LocalDate today) {
    PersonFields person = PersonFields.of(facts);
    Outcome stop = wanted.stop();
    if (stop != null || person == null) {
      return Draft.stopped(
          wanted, match, stop == null ? new Outcome.Skipped("nothing known") : stop, List.of());
    }
    Thought thought = Thought.of(facts, person, settings);
    return switch (match) {
      case Match.Ambiguous(var candidates, var reason) ->
          Draft.stopped(wanted, match, new Outcome.Suspended(reason, candidates), List.of());
      case Match.None _ -> unmatched(thought, wanted, match);
      case Match.Linked(String id, String _) -> matched(thought, wanted, match, id, found);
      case Match.Unique(String id, String _) -> matched(thought, wanted, match, id, found);
    };
  }

  private Plan unmatched(Thought thought, Wanted wanted, Match match) {
    HeldTypes held = thought.held();
    IdentityType leading = held.leading();
    if (leading == null) {
      return skipped(wanted, match, held.why() + ", and no account is there");
    }
    boolean waits = held.onLeave() && settings.leave() != LeavePolicy.KEEP;
    if (waits && settings.leave() == LeavePolicy.DEACTIVATE) {
      return skipped(wanted, match, "on leave, and no account is there");
    }
    Map<String, String> lacking = Draft.lacking(thought, wanted, settings);
    Mapped login = wanted.attributes().get(IdentitySettings.LOGIN);
    if (!lacking.isEmpty() || login == null) {
      return Draft.stopped(
          wanted,
          match,
          new Outcome.Skipped(String.join("; ", lacking.values())),
          List.copyOf(lacking.keySet()));
    }
    Draft draft = new Draft(settings, thought, wanted, match, null);
    draft.create(login);
    draft.join(groups(held));
    if (leading.initialStatus() == Status.ENABLED && !waits) {
      draft.activate("accounts of %s begin active".formatted(leading.code()));
    }
    return draft.plan();
  }

  private Plan matched(
      Thought thought, Wanted wanted, Match match, String id, @Nullable Account found) {
    if (found == null) {
      return gone(wanted, match, id);
    }
    HeldTypes held = thought.held();
    Draft draft = new Draft(settings, thought, wanted, match, found);
    return switch (held.standing()) {
      case UNKNOWN -> skipped(wanted, match, held.why());
      case LEFT -> ended(draft, held.why());
      case HOLDS ->
          held.onLeave() && settings.leave() == LeavePolicy.DEACTIVATE
              ? ended(draft, onLeave(thought))
              : kept(draft, thought);
    };
  }

  static Plan gone(Wanted wanted, Match match, String id) {
    String reason = "account %s is gone; %s".formatted(id, match.reason());
    return Draft.stopped(
        wanted, match, new Outcome.Suspended(reason, List.of(Candidate.linked(id))), List.of());
  }

  /**
   * What is told of a leaver is still written, for nothing can be afterwards; an account that has
   * ended is left as it is.
   */
  private Plan ended(Draft draft, String why) {
    if (draft.status() != Status.DISABLED) {
      draft.update();
      draft.leave(settings.managedGroups(), why);
      draft.deactivate(why);
    }
    return draft.plan();
  }

  private Plan kept(Draft draft, Thought thought) {
    HeldTypes held = thought.held();
    boolean waits = held.onLeave() && settings.leave() == LeavePolicy.SUSPEND;
    Status status = draft.status();
    if (status == Status.DISABLED && !waits) {
      draft.activate("%s, and the account is deactivated".formatted(held.why()));
    }
    if (status == Status.SUSPENDED && !waits) {
      unsuspend(draft, thought);
    }
    // Whose account has ended and who is on leave waits to be back: nothing can be written.
    if (draft.status() == Status.DISABLED) {
      return draft.plan();
    }
    draft.update();
    Map<String, String> groups = groups(held);
    draft.join(groups);
    Set<String> others = new TreeSet<>(settings.managedGroups());
    others.removeAll(groups.keySet());
    others.removeAll(settings.moreGroups());
    draft.leave(others, "no identity type that counts has this group; " + held.why());
    IdentityType leading = held.leading();
    if (draft.status() == Status.STAGED
        && !waits
        && leading != null
        && leading.initialStatus() == Status.ENABLED) {
      draft.activate("accounts of %s are active".formatted(leading.code()));
    }
    if (waits) {
      draft.suspend(onLeave(thought));
    }
    return draft.plan();
  }

  /** Only what the rule for leaves can have suspended is freed by it. */
  private void unsuspend(Draft draft, Thought thought) {
    String status = HeldTypes.status(thought.person());
    if (settings.leave() == LeavePolicy.SUSPEND && status != null) {
      draft.activate("HR_STATUS is %s, no leave, and the account is suspended".formatted(status));
    } else {
      draft.remark("the account is suspended, and not for a leave: left so");
    }
  }

  static String onLeave(Thought thought) {
    return "on leave: HR_STATUS is " + HeldTypes.status(thought.person());
  }

  /** The groups of these types, each with the reason. */
  static Map<String, String> groups(List<IdentityType> types) {
    Map<String, String> groups = new TreeMap<>();
    for (IdentityType type : types) {
      for (String group : type.groups()) {
        groups.merge(group, "group of " + type.code(), (one, _) -> one + " and " + type.code());
      }
    }
    return groups;
  }

  private static Map<String, String> groups(HeldTypes held) {
    return groups(held.counting());
  }

  private static Plan skipped(Wanted wanted, Match match, String reason) {
    return Draft.stopped(wanted, match, new Outcome.Skipped(reason), List.of());
  }

  @Override
  public LinePlan plan(
      Line line,
      Facts facts,
      Wanted wanted,
      Match match,
      @Nullable Account found,
      LocalDate today) {
    PersonFields person = PersonFields.of(facts);
    return lines.plan(
        line, person == null ? null : Thought.of(facts, person, settings), wanted, match, found);
  }

  @Override
  public Account after(@Nullable Account found, String id, List<Change> changes) {
    return AccountAfter.of(found, id, changes);
  }
}
