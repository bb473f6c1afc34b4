package dev.rollcall.plan.identity;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineAction;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.plan.LinePlan;
import dev.rollcall.plan.Mapped;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Wanted;
import dev.rollcall.plan.identity.HeldTypes.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What single lines come to: what each asks for and nothing else. COMP when the account is as asked
 * afterwards, also when nothing had to change; WARN with a text when there is something to look at;
 * ERR with the reason when it cannot be done.
 */
final class LineDrafts {

  /** What is said in ERROR_MSG of a line that is done. */
  private static final String BETWEEN = "; ";

  private final IdentitySettings settings;

  LineDrafts(IdentitySettings settings) {
    this.settings = settings;
  }

  /** A line and all that is known when its turn comes. */
  private record Asked(
      Line line, Thought thought, Wanted wanted, Match match, @Nullable Account found) {

    HeldTypes held() {
      return thought.held();
    }
  }

  /**
   * @param thought null when the source tells nothing of the person
   */
  LinePlan plan(
      Line line, @Nullable Thought thought, Wanted wanted, Match match, @Nullable Account found) {
    LineAction action = LineAction.ofCode(line.action().strip()).orElse(null);
    if (action == null) {
      return failed(
          wanted,
          match,
          "there is no action '%s', only %s"
              .formatted(
                  line.action(),
                  Arrays.stream(LineAction.values())
                      .map(LineAction::code)
                      .collect(Collectors.joining(", "))));
    }
    Outcome stop = wanted.stop();
    if (stop != null || thought == null) {
      return failed(wanted, match, stop == null ? "nothing is known of them" : stop.reason());
    }
    return switch (match) {
      case Match.Ambiguous(var candidates, String reason) ->
          suspended(
              Draft.stopped(wanted, match, new Outcome.Suspended(reason, candidates), List.of()),
              reason);
      case Match.None _ -> plan(action, new Asked(line, thought, wanted, match, null));
      case Match.Linked(String id, String reason) when found == null ->
          suspended(IdentityTypePlanner.gone(wanted, match, id), "account is gone; " + reason);
      case Match.Unique(String id, String reason) when found == null ->
          suspended(IdentityTypePlanner.gone(wanted, match, id), "account is gone; " + reason);
      case Match.Linked _, Match.Unique _ ->
          plan(action, new Asked(line, thought, wanted, match, found));
    };
  }

  private LinePlan plan(LineAction action, Asked asked) {
    return switch (action) {
      case CREATE_INACTIVE -> create(asked, false);
      case CREATE_ACTIVE -> create(asked, true);
      case UPDATE -> update(asked);
      case ACTIVATE -> activate(asked);
      case DEACTIVATE -> deactivate(asked);
      case JOIN_GROUP -> join(asked);
      case LEAVE_GROUP -> leave(asked);
    };
  }

  // --- accounts

  private LinePlan create(Asked asked, boolean active) {
    if (asked.held().standing() != Standing.HOLDS) {
      return failed(asked, "no identity type to make an account by: " + asked.held().why());
    }
    Account found = asked.found();
    Draft draft = draft(asked);
    List<String> notes = new ArrayList<>(asked.wanted().remarks());
    if (active && asked.held().onLeave()) {
      notes.add("active as asked, but " + IdentityTypePlanner.onLeave(asked.thought()));
    }
    if (found == null) {
      Map<String, String> lacking = Draft.lacking(asked.thought(), asked.wanted(), settings);
      Mapped login = asked.wanted().attributes().get(IdentitySettings.LOGIN);
      if (!lacking.isEmpty() || login == null) {
        return failed(asked, String.join(BETWEEN, lacking.values()));
      }
      draft.create(login);
      if (active) {
        draft.activate(reason(asked, "asks for an active account"));
      }
      return done(asked, draft, notes);
    }
    if (!active) {
      switch (found.status()) {
        case DISABLED -> {
          notes.add(
              "the account was there and is deactivated: inactive as asked, but its values cannot"
                  + " be changed before it is activated");
          return done(asked, draft, notes);
        }
        case ENABLED, SUSPENDED ->
            notes.add(
                "the account was there and is %s: it stays so"
                    .formatted(found.status() == Status.ENABLED ? "active" : "suspended"));
        case STAGED -> {}
      }
      draft.update();
      return done(asked, draft, notes);
    }
    String why = reason(asked, "asks for an active account");
    if (found.status() == Status.STAGED) {
      draft.update();
      draft.activate(why);
    } else {
      // A deactivated account takes no values before it is active again.
      draft.activate(why);
      draft.update();
    }
    return done(asked, draft, notes);
  }

  private LinePlan update(Asked asked) {
    Account found = asked.found();
    if (found == null) {
      return failed(asked, noAccount(asked));
    }
    if (found.status() == Status.DISABLED) {
      return failed(
          asked,
          "account %s is deactivated, and its values cannot be changed; activate it first (USRA)"
              .formatted(found.id()));
    }
    Draft draft = draft(asked);
    List<String> notes = new ArrayList<>(asked.wanted().remarks());
    if (asked.held().standing() != Standing.HOLDS) {
      notes.add(
          "no identity type that counts, so login, e-mail and phone are left as they are: "
              + asked.held().why());
    }
    draft.update();
    return done(asked, draft, notes);
  }

  private LinePlan activate(Asked asked) {
    if (asked.found() == null) {
      return failed(asked, noAccount(asked));
    }
    Draft draft = draft(asked);
    draft.activate(reason(asked, "asks for it"));
    List<String> notes = new ArrayList<>();
    if (asked.held().standing() == Standing.LEFT) {
      notes.add("active as asked, but the source says otherwise: " + asked.held().why());
    }
    return done(asked, draft, notes);
  }

  private LinePlan deactivate(Asked asked) {
    if (asked.found() == null) {
      return failed(asked, noAccount(asked));
    }
    Draft draft = draft(asked);
    draft.deactivate(reason(asked, "asks for it"));
    return done(asked, draft, new ArrayList<>());
  }

  // --- groups

  private LinePlan join(Asked asked) {
    if (asked.found() == null) {
      return failed(asked, noAccount(asked));
    }
    Draft draft = draft(asked);
    String named = named(asked);
    if (named != null) {
      if (!settings.managedGroups().contains(named)) {
        return done(asked, draft, unmanaged(named));
      }
      draft.joinAnyhow(Map.of(named, reason(asked, "names it")));
      return done(asked, draft, new ArrayList<>());
    }
    if (asked.held().standing() != Standing.HOLDS) {
      return failed(asked, "no identity type to take groups from: " + asked.held().why());
    }
    draft.joinAnyhow(IdentityTypePlanner.groups(asked.held().counting()));
    return done(asked, draft, new ArrayList<>(asked.held().remarks()));
  }

  private LinePlan leave(Asked asked) {
    if (asked.found() == null) {
      return failed(asked, noAccount(asked));
    }
    Draft draft = draft(asked);
    String named = named(asked);
    if (named != null) {
      if (!settings.managedGroups().contains(named)) {
        return done(asked, draft, unmanaged(named));
      }
      draft.leaveAnyhow(Set.of(named), reason(asked, "names it"));
      return done(asked, draft, new ArrayList<>());
    }
    HeldTypes held = asked.held();
    if (!held.all().isEmpty()) {
      draft.leaveAnyhow(
          IdentityTypePlanner.groups(held.all()).keySet(),
          reason(asked, "asks for the groups of " + HeldTypes.names(held.all())));
    } else if (held.standing() == Standing.LEFT) {
      // The type went before the line was worked: none of these groups is theirs any more.
      Set<String> groups = new TreeSet<>(settings.managedGroups());
      groups.removeAll(settings.moreGroups());
      draft.leave(groups, reason(asked, "asks for it, and " + held.why()));
    } else {
      return failed(asked, "no identity type to take groups from: " + held.why());
    }
    return done(asked, draft, new ArrayList<>(held.remarks()));
  }

  private static @Nullable String named(Asked asked) {
    String group = asked.line().group();
    return group == null || group.isBlank() ? null : group.strip();
  }

  private static List<String> unmanaged(String group) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "group '%s' is none that Rollcall manages; name it with an identity type, or among the"
                .formatted(group)
            + " further groups. Nothing was done");
    return notes;
  }

  // --- ends

  private Draft draft(Asked asked) {
    return new Draft(settings, asked.thought(), asked.wanted(), asked.match(), asked.found());
  }

  private LinePlan done(Asked asked, Draft draft, List<String> notes) {
    for (String attribute : draft.missing()) {
      notes.add("%s is empty in the source and is left as it is".formatted(attribute));
    }
    if (asked.match() instanceof Match.Unique(String id, String reason)) {
      notes.addFirst("adopted account %s: %s".formatted(id, reason));
    }
    return notes.isEmpty()
        ? new LinePlan(draft.plan(), LineStatus.COMP, null)
        : new LinePlan(draft.plan(), LineStatus.WARN, String.join(BETWEEN, notes));
  }

  private static LinePlan failed(Asked asked, String reason) {
    return failed(asked.wanted(), asked.match(), reason);
  }

  private static LinePlan failed(Wanted wanted, Match match, String reason) {
    return new LinePlan(
        Draft.stopped(wanted, match, new Outcome.Skipped(reason), List.of()),
        LineStatus.ERR,
        reason);
  }

  private static LinePlan suspended(Plan plan, String reason) {
    return new LinePlan(plan, LineStatus.ERR, reason);
  }

  private static String noAccount(Asked asked) {
    return "there is no account: " + asked.match().reason();
  }

  private static String reason(Asked asked, String what) {
    return "line %s (%s) %s".formatted(asked.line().key(), asked.line().action().strip(), what);
  }
}
