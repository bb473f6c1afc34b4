package dev.rollcall.finding;

import dev.rollcall.model.SubjectKey;
import java.util.List;
import java.util.Set;

/**
 * What somebody who looked at a subject can say.
 *
 * @param found what was found
 * @param judged the kinds about which the look tells: one of them that was not found is over
 */
public record Look(SubjectKey subject, List<Finding> found, Set<FindingKind> judged) {
  public Look {
    found = List.copyOf(found);
    judged = Set.copyOf(judged);
  }
}
