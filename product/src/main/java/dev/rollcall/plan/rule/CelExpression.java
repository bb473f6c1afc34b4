package dev.rollcall.plan.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.MappedPerson;
import dev.rollcall.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One compiled expression. */
final class CelExpression<T> implements Expression<T> {

  private final String text;
  private final CelRuntime.Program program;
  private final Class<T> type;

  CelExpression(String text, CelRuntime.Program program, Class<T> type) {
    this.text = text;
    this.program = program;
    this.type = type;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Optional<T> evaluate(MappedPerson person) {
    // What the expression really reads decides: an unknown attribute in a branch not taken is fine.
    AtomicBoolean unknown = new AtomicBoolean();
    try {
      Object result =
          program.eval(name -> {
            if (name.equals(CelExpressions.AFFILIATIONS)) {
              return Optional.of(affiliations(person));
            }
            Value value = person.attributes().get(name);
            if (value == null) {
              unknown.set(true);
            }
            return Optional.of(orEmpty(value == null ? null : value.textOrNull()));
          });
      return unknown.get() ? Optional.empty() : Optional.of(type.cast(result));
    } catch (CelEvaluationException failure) {
      if (unknown.get()) {
        return Optional.empty();
      }
      throw new RuleFailure(text, String.valueOf(failure.getMessage()), failure);
    }
  }

  private static List<Map<String, Object>> affiliations(MappedPerson person) {
    return person.affiliations().stream().map(CelExpression::fields).toList();
  }

  private static Map<String, Object> fields(HeldAffiliation held) {
    Affiliation affiliation = held.affiliation();
    Map<String, Object> fields = new HashMap<>(affiliation.more());
    fields.put("institution", affiliation.institution());
    fields.put("code", affiliation.code());
    fields.put("status", orEmpty(affiliation.status()));
    fields.put("description", orEmpty(affiliation.description()));
    fields.put("from", orEmpty(affiliation.from()));
    fields.put("to", orEmpty(affiliation.to()));
    fields.put("enabled", held.enabled());
    return fields;
  }

  private static String orEmpty(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
