package dev.rollcall.plan.rule;

import java.util.List;

/**
 * The rules in force.
 *
 * @param exclusion who is never touched
 * @param transformations empty when they are switched off
 * @param validations empty when they are switched off
 * @param query who is taken at all
 */
public record Rules(
    Exclusion exclusion,
    List<TransformationRule> transformations,
    List<ValidationRule> validations,
    Query query) {

  public Rules {
    transformations = List.copyOf(transformations);
    validations = List.copyOf(validations);
  }

  /** Whether nothing is to be done for those who are not excluded. */
  public boolean takesEverybodyAsMapped() {
    return transformations.isEmpty() && validations.isEmpty() && query.alternatives().isEmpty();
  }

  /** Everybody is taken as mapped. */
  public static Rules none() {
    return new Rules(Exclusion.nobody(), List.of(), List.of(), Query.everybody());
  }
}
