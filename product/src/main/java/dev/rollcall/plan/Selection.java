package dev.rollcall.plan;

import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import dev.rollcall.model.Value.Text;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of which record a rule looks at. Rules with the same selection read the same row, so
 * it is chosen once for all of them.
 */
record Selection(
    String record, Decode.@Nullable Type type, @Nullable String effdt, boolean earliest) {

  static Selection of(AttributeRule rule) {
    Decode decode = rule.decode();
    return new Selection(decode.record(), decode.type(), decode.effdt(), rule.earliest());
  }

  /**
   * The row to read today.
   *
   * @param attribute named where the selection tells of an upcoming date
   */
  Choice choose(@Nullable RecordFacts facts, String attribute, Horizon horizon) {
    if (facts == null) {
      return new Choice.Unknown();
    }
    if (effdt == null) {
      return preferred(facts);
    }
    return earliest
        ? earliest(facts, effdt)
        : new EffectiveRow(this, effdt, attribute, horizon).choose(facts);
  }

  /** The row with the earliest date; it moves only when the source tells of an earlier one. */
  private Choice earliest(RecordFacts facts, String dated) {
    Row first = null;
    LocalDate date = null;
    boolean trace = false;
    for (Row row : facts.rows()) {
      if (!admits(row)) {
        continue;
      }
      trace |= row.deleted();
      LocalDate at =
          row.fields().get(dated) instanceof Text(String text) ? Dates.parse(text) : null;
      if (!row.deleted() && at != null && (date == null || at.isBefore(date))) {
        first = row;
        date = at;
      }
    }
    return first == null ? Choice.none(facts.complete(), trace) : new Choice.Chosen(first, date);
  }

  /** Whether the row, live or a trace, has the wanted type. */
  boolean admits(Row row) {
    return type == null
        || (row.fields().get(type.field()) instanceof Text(String text)
            && text.equals(type.value()));
  }

  /**
   * Without dates the first row counts, unless one is marked as preferred: the default mapping
   * cannot say so, but a person with two e-mail addresses expects it.
   */
  private Choice preferred(RecordFacts facts) {
    Row first = null;
    Row preferred = null;
    boolean trace = false;
    for (Row row : facts.rows()) {
      if (!admits(row)) {
        continue;
      }
      if (row.deleted()) {
        trace = true;
        continue;
      }
      first = first == null ? row : first;
      // Moving the mark touches both rows; of two marks the one told last is the true one.
      if ((preferred == null || row.version() > preferred.version()) && isPreferred(row)) {
        preferred = row;
      }
    }
    Row chosen = preferred == null ? first : preferred;
    return chosen == null ? Choice.none(facts.complete(), trace) : new Choice.Chosen(chosen, null);
  }

  private static boolean isPreferred(Row row) {
    for (var field : row.fields().entrySet()) {
      String name = field.getKey();
      if (name.startsWith("PREF_") && name.endsWith("_FLAG") && isYes(field.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isYes(Value value) {
    return value instanceof Text(String text) && text.equals("Y");
  }
}
