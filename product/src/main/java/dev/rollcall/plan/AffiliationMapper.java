package dev.rollcall.plan;

import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import dev.rollcall.model.Value.Text;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a person's affiliations, every live row of their record. */
final class AffiliationMapper {

  private final Map<AffiliationField, AttributeRule> rules;
  private final Map<String, AttributeRule> more;
  private final Counting counting;
  private final Selection selection;

  /**
   * With the rules of one record, as {@link Mapping} has checked; without rules it looks at a
   * record that no source has.
   */
  AffiliationMapper(
      Map<AffiliationField, AttributeRule> rules,
      Map<String, AttributeRule> more,
      Counting counting) {
    this.rules = rules;
    this.more = more;
    this.counting = counting;
    this.selection =
        rules.values().stream()
            .findFirst()
            .map(rule -> Selection.of(rule))
            .orElse(new Selection("", null, null, false));
  }

  /** The affiliations in order; of rows with the same key the last one wins. */
  List<WantedAffiliation> map(Facts facts, Horizon horizon) {
    RecordFacts record = facts.record(selection.record());
    if (record == null) {
      return List.of();
    }
    Map<Affiliation.Key, WantedAffiliation> byKey = new LinkedHashMap<>();
    for (Row row : record.rows()) {
      if (row.deleted() || !selection.admits(row)) {
        continue;
      }
      WantedAffiliation read = read(row, record.complete(), horizon);
      if (read != null) {
        byKey.merge(read.affiliation().key(), read, AffiliationMapper::later);
      }
    }
    return List.copyOf(byKey.values());
  }

  /** The last wins, unless its key is only a guess because its first day cannot be read. */
  private static WantedAffiliation later(WantedAffiliation earlier, WantedAffiliation later) {
    return later.unreadable().contains(AffiliationField.FROM)
            && !earlier.unreadable().contains(AffiliationField.FROM)
        ? earlier
        : later;
  }

  private @Nullable WantedAffiliation read(Row row, boolean complete, Horizon horizon) {
    String institution = text(row, AffiliationField.INSTITUTION);
    String code = text(row, AffiliationField.CODE);
    if (institution == null || code == null) {
      horizon.remark("a row of %s has no institution or no code".formatted(selection.record()));
      return null;
    }
    Set<AffiliationField> unreadable = EnumSet.noneOf(AffiliationField.class);
    Affiliation affiliation =
        new Affiliation(
            institution,
            code,
            text(row, AffiliationField.STATUS),
            text(row, AffiliationField.DESCRIPTION),
            date(row, AffiliationField.FROM, unreadable, horizon),
            date(row, AffiliationField.TO, unreadable, horizon));
    return new WantedAffiliation(
        affiliation, unknown(row, complete), unreadable, more(row, complete), counting);
  }

  /** What is told of the configured fields that not every affiliation has. */
  private Map<String, Value> more(Row row, boolean complete) {
    Map<String, Value> told = new HashMap<>();
    more.forEach((name, rule) -> {
      Value value = row.fields().get(rule.decode().node());
      if (value != null || complete) {
        told.put(name, value == null ? new Value.Cleared() : value);
      }
    });
    return told;
  }

  /** A complete row that lacks a field says that it is empty; any other says nothing about it. */
  private Set<AffiliationField> unknown(Row row, boolean complete) {
    Set<AffiliationField> unknown = EnumSet.noneOf(AffiliationField.class);
    for (AffiliationField field : AffiliationField.values()) {
      if (!rules.containsKey(field) || (!complete && value(row, field) == null)) {
        unknown.add(field);
      }
    }
    return unknown;
  }

  private @Nullable LocalDate date(
      Row row, AffiliationField field, Set<AffiliationField> unreadable, Horizon horizon) {
    String text = text(row, field);
    if (text == null) {
      return null;
    }
    LocalDate date = Dates.parse(text);
    if (date == null) {
      unreadable.add(field);
      horizon.remark(
          "an affiliation in %s does not count: its '%s' '%s' is no date (yyyy-MM-dd)"
              .formatted(selection.record(), field.attribute(), text));
    }
    return date;
  }

  /**
   * Why an affiliation of the account that no live row has any more is not to count, or null when
   * nothing proves that it is gone.
   */
  @Nullable String whyGone(Facts facts, Affiliation held) {
    RecordFacts record = facts.record(selection.record());
    if (record == null) {
      return null;
    }
    boolean proven = record.complete();
    boolean trace = false;
    for (Row row : record.rows()) {
      if (!selection.admits(row)) {
        continue;
      }
      if (row.deleted()) {
        trace |= isTraceOf(row, held);
      } else if (couldBe(row, held)) {
        return null;
      } else if (text(row, AffiliationField.INSTITUTION) == null
          || text(row, AffiliationField.CODE) == null) {
        proven = false;
      }
    }
    if (trace) {
      return "the source deleted its row";
    }
    return proven ? "the source has no such row any more" : null;
  }

  /** A row whose first day cannot be read may be any row of its institution and code. */
  private boolean couldBe(Row row, Affiliation held) {
    String from = text(row, AffiliationField.FROM);
    return isSameCode(row, held) && from != null && Dates.parse(from) == null;
  }

  private boolean isTraceOf(Row row, Affiliation held) {
    if (!isSameCode(row, held)) {
      return false;
    }
    // Where the first day is not part of the source's key, institution and code are the whole key.
    return switch (value(row, AffiliationField.FROM)) {
      case null -> true;
      case Value.Cleared() -> held.from() == null;
      case Text(String from) -> held.from() != null && held.from().equals(Dates.parse(from));
    };
  }

  private boolean isSameCode(Row row, Affiliation held) {
    return held.institution().equals(text(row, AffiliationField.INSTITUTION))
        && held.code().equals(text(row, AffiliationField.CODE));
  }

  private @Nullable Value value(Row row, AffiliationField field) {
    AttributeRule rule = rules.get(field);
    return rule == null ? null : row.fields().get(rule.decode().node());
  }

  private @Nullable String text(Row row, AffiliationField field) {
    return value(row, field) instanceof Text(String text) ? text : null;
  }
}
