package dev.rollcall.plan;

import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.MappedPerson;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Value;
import dev.rollcall.plan.rule.RuleFailure;
import dev.rollcall.plan.rule.Rules;
import dev.rollcall.plan.rule.TransformationRule;
import dev.rollcall.plan.rule.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies an instance's rules to one mapped person, in the guide's order: excluded, transformed,
 * validated, filtered ({@code facts/oim-campus-connector.md §9, §10}).
 */
final class Ruling {

  /**
   * What is left of a person.
   *
   * @param stop what a rule decided, null when none did
   */
  record Ruled(Map<String, Mapped> values, @Nullable Outcome stop) {}

  private final Rules rules;
  private final Map<String, AttributeRule> mapping = new LinkedHashMap<>();

  Ruling(Rules rules, List<AttributeRule> attributes) {
    this.rules = rules;
    attributes.forEach(rule -> mapping.put(rule.attribute(), rule));
  }

  /** That the person is in the exclusion list, or null. */
  @Nullable Outcome excluded(String id, @Nullable String login) {
    String why = rules.exclusion().why(id, login);
    return why == null ? null : new Outcome.Skipped("excluded: " + why);
  }

  /**
   * Applies the rules.
   *
   * @param deleted nothing of a deleted person is written, so no value can be wrong
   */
  Ruled rule(Map<String, Mapped> mapped, List<HeldAffiliation> held, boolean deleted) {
    if (rules.takesEverybodyAsMapped()) {
      return new Ruled(mapped, null);
    }
    Map<String, Mapped> values = mapped;
    try {
      values = transformed(mapped, held);
      MappedPerson person = person(values, held);
      Outcome invalid = deleted ? null : invalid(values, person);
      return new Ruled(values, invalid == null ? filtered(person) : invalid);
    } catch (RuleFailure failure) {
      return deleted
          ? new Ruled(mapped, filtered(person(mapped, held)))
          : new Ruled(values, failed(mapped, failure));
    }
  }

  /** Every transformation sees what was mapped, so that their order means nothing. */
  private Map<String, Mapped> transformed(Map<String, Mapped> mapped, List<HeldAffiliation> held) {
    if (rules.transformations().isEmpty()) {
      return mapped;
    }
    MappedPerson person = person(mapped, held);
    Map<String, Mapped> values = new LinkedHashMap<>(mapped);
    for (TransformationRule rule : rules.transformations()) {
      Optional<String> text = rule.expression().evaluate(person);
      if (text.isPresent()) {
        String before = rule.attribute();
        values.put(before, transformed(rule, mapped.get(before), Value.of(text.get())));
      }
    }
    return values;
  }

  private Mapped transformed(TransformationRule rule, @Nullable Mapped before, Value value) {
    AttributeRule read = mapping.get(rule.attribute());
    String decode = read == null ? "" : read.text();
    return new Mapped(
        value,
        new Origin(
            decode + " | " + rule.expression().text(),
            read == null ? "" : read.decode().record(),
            read == null ? "" : read.decode().node(),
            before == null ? null : before.origin().effdt()),
        "transformed");
  }

  private @Nullable Outcome invalid(Map<String, Mapped> values, MappedPerson person) {
    List<String> wrong = new ArrayList<>();
    for (ValidationRule rule : rules.validations()) {
      if (!rule.expression().evaluate(person).orElse(true)) {
        Mapped value = values.get(rule.attribute());
        wrong.add("%s %s fails %s".formatted(rule.label(), shown(value), rule.expression().text()));
      }
    }
    return wrong.isEmpty() ? null : new Outcome.Skipped("invalid: " + String.join("; ", wrong));
  }

  private static String shown(@Nullable Mapped value) {
    if (value == null) {
      return "(unknown)";
    }
    String text = value.value().textOrNull();
    return text == null ? "(empty)" : value.origin().isNationalId() ? "***" : "'" + text + "'";
  }

  private @Nullable Outcome filtered(MappedPerson person) {
    return rules.query().admits(person)
        ? null
        : new Outcome.Skipped("filtered: customQuery " + rules.query().text());
  }

  /** What an expression says about its failure can hold the value. */
  private static Outcome failed(Map<String, Mapped> mapped, RuleFailure failure) {
    boolean delicate = mapped.values().stream().anyMatch(one -> one.origin().isNationalId());
    return new Outcome.Failed(
        ErrorKind.INVALID,
        failure.rule() + " failed" + (delicate ? "" : ": " + failure.getMessage()),
        false);
  }

  private static MappedPerson person(Map<String, Mapped> values, List<HeldAffiliation> held) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    values.forEach((name, mapped) -> attributes.put(name, mapped.value()));
    return new MappedPerson(attributes, held);
  }
}
