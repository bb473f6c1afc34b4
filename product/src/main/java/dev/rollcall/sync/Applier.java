package dev.rollcall.sync;

import dev.rollcall.db.Database;
import dev.rollcall.link.AppliedOrigin;
import dev.rollcall.link.Links;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Plan;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies the changes of a claim to a target in our own database, inside the settling transaction.
 * When one row is refused, halves are tried until the row stands alone: the others are applied.
 */
final class Applier {

  private final Database database;
  private final Links links;

  Applier(Database database, Links links) {
    this.database = database;
    this.links = links;
  }

  /**
   * The same events in the same order; where applying failed, with that as the outcome; where less
   * was done than was asked for, with what was done and why not the rest.
   */
  List<Worked> apply(Instance instance, List<Worked> worked) {
    List<Worked> toApply = worked.stream().filter(one -> one.application() != null).toList();
    Map<Long, Worked> different = new HashMap<>();
    applyOrHalve(instance, toApply, different);
    return worked.stream().map(one -> different.getOrDefault(one.event().id(), one)).toList();
  }

  private void applyOrHalve(Instance instance, List<Worked> part, Map<Long, Worked> different) {
    if (part.isEmpty()) {
      return;
    }
    try {
      database.inSavepoint(() -> applyAndLink(instance, part, different));
    } catch (RuntimeException refused) {
      if (Database.isTransient(refused)) {
        throw refused;
      }
      if (part.size() == 1) {
        Worked alone = part.getFirst();
        different.put(alone.event().id(), alone.instead(Trouble.outcome(alone.event(), refused)));
        return;
      }
      int middle = part.size() / 2;
      applyOrHalve(instance, part.subList(0, middle), different);
      applyOrHalve(instance, part.subList(middle, part.size()), different);
    }
  }

  private void applyAndLink(Instance instance, List<Worked> part, Map<Long, Worked> different) {
    List<Application> applications = part.stream().flatMap(one -> one.toApply().stream()).toList();
    List<Applied> accounts = instance.target().apply(applications);
    List<Links.Applied> applied = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      applied.add(
          new Links.Applied(
              part.get(i).event().subject(),
              accounts.get(i).accountId(),
              part.get(i).event().id(),
              origins(part.get(i))));
    }
    makeRoom(instance, part, applied);
    links.put(instance.targetName(), applied);
    for (int i = 0; i < part.size(); i++) {
      String why = accounts.get(i).why();
      if (why != null) {
        Worked less = part.get(i).without(accounts.get(i).withheld(), why);
        different.put(less.event().id(), less);
      }
    }
  }

  /** A link to an account that is gone makes room for what a person decided instead. */
  private void makeRoom(Instance instance, List<Worked> part, List<Links.Applied> applied) {
    Set<SubjectKey> decided = new HashSet<>();
    for (Worked one : part) {
      if (one.toApply().filter(Application::decided).isPresent()) {
        decided.add(one.event().subject());
      }
    }
    if (!decided.isEmpty()) {
      Map<SubjectKey, String> before = links.find(instance.targetName(), decided);
      Set<String> there = instance.target().read(before.values()).keySet();
      for (Links.Applied link : applied) {
        String old = before.get(link.subject());
        if (old != null && !old.equals(link.accountId()) && !there.contains(old)) {
          links.remove(instance.targetName(), link.subject(), old);
        }
      }
    }
  }

  /** Where the values come from that are written: on a new account all of them. */
  static Map<String, AppliedOrigin> origins(Worked one) {
    Map<String, AppliedOrigin> origins = new HashMap<>();
    Plan plan = one.plan();
    for (Application application : one.toApply().stream().toList()) {
      if (application.found() == null && plan != null) {
        plan.origins()
            .forEach((attribute, origin) -> {
              if (plan.wanted().attributes().get(attribute) instanceof Value.Text) {
                origins.put(attribute, new AppliedOrigin(origin, one.event().id()));
              }
            });
      }
      for (Change change : application.changes()) {
        if (change instanceof Change.Update update) {
          origins.put(update.attribute(), new AppliedOrigin(update.origin(), one.event().id()));
        }
      }
    }
    return origins;
  }
}
