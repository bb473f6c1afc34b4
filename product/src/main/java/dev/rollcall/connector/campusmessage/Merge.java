package dev.rollcall.connector.campusmessage;

import dev.rollcall.connector.campusmessage.SentRow.Action;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a person after one more message. A record sent with a row that did not change
 * (blank action) was sent whole and is an image; one sent with changed rows only says nothing about
 * the others ({@code facts/oim-campus-connector.md §4, §7}). Where affiliations that an image lacks
 * are to be kept, it says nothing about those either.
 */
final class Merge {
  private static final RecordFacts NOTHING = new RecordFacts(false, List.of());

  private final long version;
  private final boolean keepsAbsent;

  /**
   * @param version of the rows that are touched
   * @param keepsAbsent whether an affiliation that an image lacks stays known
   */
  Merge(long version, boolean keepsAbsent) {
    this.version = version;
    this.keepsAbsent = keepsAbsent;
  }

  /** The facts after these rows; records that were not sent stay as they are. */
  Map<String, RecordFacts> merge(Map<String, RecordFacts> known, List<SentRow> rows) {
    Map<String, List<SentRow>> sent = new LinkedHashMap<>();
    for (SentRow row : rows) {
      sent.computeIfAbsent(RecordLayout.canonical(row.record()), _ -> new ArrayList<>()).add(row);
    }
    Map<String, RecordFacts> merged = new HashMap<>(known);
    sent.forEach((record, sentRows) -> merged.put(record, record(record, known, sentRows)));
    return merged;
  }

  private RecordFacts record(String record, Map<String, RecordFacts> known, List<SentRow> sent) {
    boolean image = sent.stream().anyMatch(row -> row.action() == Action.CONTEXT);
    RecordLayout layout = RecordLayout.of(record).orElse(null);
    if (layout == null) {
      return replacement(image, sent);
    }
    RecordFacts before = known.getOrDefault(record, NOTHING);
    if (image && keepsAbsent && layout.name().equals(RecordLayout.AFFILIATION)) {
      return upsert(layout, before, sent, true);
    }
    return image ? image(layout, sent) : upsert(layout, before, sent, false);
  }

  /** Without a key no row can be found again; only an image is known to be all there is. */
  private RecordFacts replacement(boolean image, List<SentRow> sent) {
    return new RecordFacts(
        image, sent.stream().filter(Merge::isThere).map(row -> row(row.fields())).toList());
  }

  private RecordFacts image(RecordLayout layout, List<SentRow> sent) {
    Map<List<String>, Row> rows = new LinkedHashMap<>();
    sent.stream()
        .filter(Merge::isThere)
        .forEach(row -> rows.put(layout.keyOf(row.fields()), row(row.fields())));
    return new RecordFacts(true, List.copyOf(rows.values()));
  }

  /**
   * Adds what was sent to what is known.
   *
   * @param whole whether a sent row is all there is of it: a field that it lacks is empty
   */
  private RecordFacts upsert(
      RecordLayout layout, RecordFacts known, List<SentRow> sent, boolean whole) {
    KnownKeys keys = new KnownKeys(layout, known, sent);
    Map<List<String>, Row> rows = new LinkedHashMap<>();
    known.rows().forEach(row -> rows.put(layout.keyOf(row.fields()), row));
    for (SentRow row : sent) {
      List<String> key = keys.of(row);
      switch (row.action()) {
        case CONTEXT, ADD, MERGE -> {
          Row after = merged(layout, rows.get(key), row.fields(), whole);
          List<String> moved = layout.keyOf(after.fields());
          if (!moved.equals(key)) {
            remove(layout, key, rows, known.complete());
          }
          rows.put(moved, after);
        }
        case REMOVE -> remove(layout, key, rows, known.complete());
        case ORIGINAL -> {}
      }
    }
    return new RecordFacts(known.complete(), List.copyOf(rows.values()));
  }

  private void remove(
      RecordLayout layout, List<String> key, Map<List<String>, Row> rows, boolean complete) {
    if (complete) {
      rows.remove(key);
    } else {
      rows.put(key, new Row(layout.fieldsOf(key), version, true));
    }
  }

  private Row merged(
      RecordLayout layout, @Nullable Row known, Map<String, Value> sent, boolean whole) {
    if (known == null || known.deleted()) {
      return row(sent);
    }
    Map<String, Value> fields = new HashMap<>(known.fields());
    if (whole) {
      fields.replaceAll(
          (name, value) -> layout.keys().contains(name) ? value : new Value.Cleared());
    }
    fields.putAll(sent);
    return row(fields);
  }

  private Row row(Map<String, Value> fields) {
    return new Row(fields, version, false);
  }

  private static boolean isThere(SentRow row) {
    return switch (row.action()) {
      case CONTEXT, ADD, MERGE -> true;
      case REMOVE, ORIGINAL -> false;
    };
  }
}
