package dev.rollcall.plan.rule;

import dev.rollcall.model.MappedPerson;
import java.util.Optional;

/** Something that can be asked about a mapped person. */
public interface Expression<T> {

  /** As configured. */
  String text();

  /**
   * The answer; empty when it depends on an attribute of which nothing is known, so that nothing is
   * concluded from absence.
   *
   * @throws RuleFailure when there is no answer for this person
   */
  Optional<T> evaluate(MappedPerson person);
}
