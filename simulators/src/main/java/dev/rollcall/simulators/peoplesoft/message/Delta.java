package dev.rollcall.simulators.peoplesoft.message;

import dev.rollcall.simulators.peoplesoft.population.Changed.Redated;
import dev.rollcall.simulators.peoplesoft.population.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which rows a change sends and with which action, as CopyRowsetDelta would. */
final class Delta {
  private final Style style;
  private final boolean originals;
  private final Map<List<String>, Row> before = new LinkedHashMap<>();
  private final Map<List<String>, Row> after = new LinkedHashMap<>();
  private final List<SentRow> sent = new ArrayList<>();

  private Delta(Person old, Person now, Style style, boolean originals) {
    this.style = style;
    this.originals = originals;
    PersonRows.children(old).forEach(row -> before.put(row.key(), row));
    PersonRows.children(now).forEach(row -> after.put(row.key(), row));
  }

  /**
   * The rows of one change.
   *
   * @param originals whether a changed row is followed by its original, as CopyRowsetDeltaOriginal
   *     sends it
   */
  static List<SentRow> between(
      Person old, Person now, Optional<Redated> redated, Style style, boolean originals) {
    Delta delta = new Delta(old, now, style, originals);
    String emplid = now.emplid();
    String names = RecordType.SCC_PER_NAME_I.name();
    List<String> oldKey =
        redated
            .map(key -> List.of(names, emplid, key.nameType(), key.old().toString()))
            .orElse(List.of());
    List<String> newKey =
        redated
            .map(key -> List.of(names, emplid, key.nameType(), key.corrected().toString()))
            .orElse(List.of());
    return delta.rows(oldKey, newKey);
  }

  private List<SentRow> rows(List<String> oldKey, List<String> newKey) {
    for (RecordType type : RecordType.values()) {
      for (Row row : after.values()) {
        if (row.type() == type) {
          present(row, row.key().equals(newKey) ? oldKey : row.key());
        }
      }
      for (Row row : before.values()) {
        if (row.type() == type && !after.containsKey(row.key()) && !row.key().equals(oldKey)) {
          sent.add(new SentRow(row, Action.DELETED, Set.of()));
        }
      }
    }
    return sent;
  }

  private void present(Row row, List<String> keyBefore) {
    Row old = before.get(keyBefore);
    if (old == null) {
      sent.add(new SentRow(row, Action.ADDED, row.filledFields()));
    } else if (!old.key().equals(row.key())) {
      sent.add(new SentRow(old, Action.KEY_OLD, Set.of()));
      sent.add(new SentRow(row, Action.KEY_NEW, row.fieldsOtherThan(old)));
    } else if (!old.equals(row)) {
      sent.add(new SentRow(row, Action.CHANGED, row.fieldsOtherThan(old)));
      if (originals) {
        sent.add(new SentRow(old, Action.ORIGINAL, Set.of()));
      }
    } else if (style == Style.IMAGE) {
      sent.add(new SentRow(row, Action.BLANK, Set.of()));
    }
  }
}
