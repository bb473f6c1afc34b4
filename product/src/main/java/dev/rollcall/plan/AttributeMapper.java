package dev.rollcall.plan;

import dev.rollcall.model.Facts;
import dev.rollcall.model.Origin;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the account's own attributes their values, rule by rule. */
final class AttributeMapper {

  /** Rules that read the same row. */
  private record Group(Selection selection, List<AttributeRule> rules) {}

  private final List<Group> groups;

  AttributeMapper(List<AttributeRule> rules) {
    Map<Selection, List<AttributeRule>> bySelection = new LinkedHashMap<>();
    for (AttributeRule rule : rules) {
      bySelection.computeIfAbsent(Selection.of(rule), _ -> new ArrayList<>()).add(rule);
    }
    this.groups =
        bySelection.entrySet().stream()
            .map(entry -> new Group(entry.getKey(), List.copyOf(entry.getValue())))
            .toList();
  }

  /** The values by attribute, in the order of the rules; of what is not known there is no entry. */
  Map<String, Mapped> map(Facts facts, Horizon horizon) {
    Map<String, Mapped> values = new LinkedHashMap<>();
    for (Group group : groups) {
      RecordFacts record = facts.record(group.selection().record());
      String first = group.rules().getFirst().attribute();
      Choice choice = group.selection().choose(record, first, horizon);
      for (AttributeRule rule : group.rules()) {
        Mapped mapped = read(rule, choice, record != null && record.complete());
        if (mapped != null) {
          values.put(rule.attribute(), mapped);
        }
      }
    }
    return values;
  }

  private static @Nullable Mapped read(AttributeRule rule, Choice choice, boolean complete) {
    return switch (choice) {
      case Choice.Chosen(var row, var effdt) ->
          read(rule, row.fields().get(rule.decode().node()), effdt, complete);
      case Choice.Inactive(var effdt) -> cleared(rule, effdt, "the row in effect is inactive");
      case Choice.Nothing(var reason) -> cleared(rule, null, reason);
      case Choice.Unknown() -> null;
    };
  }

  private static @Nullable Mapped read(
      AttributeRule rule, @Nullable Value value, @Nullable LocalDate effdt, boolean complete) {
    return switch (value) {
      case null -> complete ? cleared(rule, effdt, "the source's row does not have it") : null;
      case Value.Text text -> new Mapped(text, origin(rule, effdt), "as the source has it");
      case Value.Cleared() -> cleared(rule, effdt, "empty in the source");
    };
  }

  private static Mapped cleared(AttributeRule rule, @Nullable LocalDate effdt, String reason) {
    return new Mapped(new Value.Cleared(), origin(rule, effdt), reason);
  }

  private static Origin origin(AttributeRule rule, @Nullable LocalDate effdt) {
    Decode decode = rule.decode();
    return new Origin(decode.text(), decode.record(), decode.node(), effdt);
  }
}
