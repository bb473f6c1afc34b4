package dev.rollcall.sync;

import dev.rollcall.db.Database;
import dev.rollcall.link.AppliedOrigin;
import dev.rollcall.link.Links;
import dev.rollcall.model.Change;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Plan;
import dev.rollcall.spi.Application;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /** The same events in the same order; where applying failed, with that as the outcome. */
  List<Worked> apply(Instance instance, List<Worked> worked) {
    List<Worked> toApply = worked.stream().filter(one -> one.application() != null).toList();
    Map<Long, Outcome> failures = new HashMap<>();
    applyOrHalve(instance, toApply, failures);
    return worked.stream()
        .map(one -> {
          Outcome failure = failures.get(one.event().id());
          return failure == null ? one : one.instead(failure);
        })
        .toList();
  }

  private void applyOrHalve(Instance instance, List<Worked> part, Map<Long, Outcome> failures) {
    if (part.isEmpty()) {
      return;
    }
    try {
      database.inSavepoint(() -> applyAndLink(instance, part));
    } catch (RuntimeException refused) {
      if (Database.isTransient(refused)) {
        throw refused;
      }
      if (part.size() == 1) {
        failures.put(part.getFirst().event().id(), Trouble.outcome(refused));
        return;
      }
      int middle = part.size() / 2;
      applyOrHalve(instance, part.subList(0, middle), failures);
      applyOrHalve(instance, part.subList(middle, part.size()), failures);
    }
  }

  private void applyAndLink(Instance instance, List<Worked> part) {
    List<Application> applications = part.stream().flatMap(one -> one.toApply().stream()).toList();
    List<String> accounts = instance.target().apply(applications);
    List<Links.Applied> applied = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      applied.add(
          new Links.Applied(
              part.get(i).event().subject(),
              accounts.get(i),
              part.get(i).event().id(),
              origins(part.get(i))));
    }
    links.put(instance.targetName(), applied);
  }

  /** Where the values come from that are written: on a new account all of them. */
  private static Map<String, AppliedOrigin> origins(Worked one) {
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
