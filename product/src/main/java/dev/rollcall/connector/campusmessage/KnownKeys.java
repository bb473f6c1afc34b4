package dev.rollcall.connector.campusmessage;

import dev.rollcall.connector.campusmessage.SentRow.Action;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Under which key a sent row is known. That is its own, unless its record has a key of which the
 * last part may move: an affiliation is told apart by institution and code, and by its first day
 * only where a code repeats ({@code facts/oim-campus-connector.md §7}). There the only row of its
 * kind that a message has is the only one that is known, whatever its first day was. A row that the
 * message calls new (A) is another one.
 */
final class KnownKeys {

  private final RecordLayout layout;
  private final Set<List<String>> known = new HashSet<>();
  private final List<SentRow> sent;

  /**
   * @param facts as known before the message
   * @param sent all rows of the record in the message
   */
  KnownKeys(RecordLayout layout, RecordFacts facts, List<SentRow> sent) {
    this.layout = layout;
    this.sent = sent;
    if (layout.lastKeyMoves()) {
      facts.rows().stream()
          .filter(row -> !row.deleted())
          .map(Row::fields)
          .forEach(fields -> known.add(layout.keyOf(fields)));
    }
  }

  /** The key of the known row that this one is about; its own key where there is none. */
  List<String> of(SentRow row) {
    List<String> key = layout.keyOf(row.fields());
    if (!layout.lastKeyMoves() || known.contains(key) || !mayHaveMoved(row)) {
      return key;
    }
    List<List<String>> ofKind =
        known.stream().filter(other -> kind(other).equals(kind(key))).toList();
    return ofKind.size() == 1 && isOnlyOfKind(key) ? ofKind.getFirst() : key;
  }

  private boolean mayHaveMoved(SentRow row) {
    return switch (row.action()) {
      case CONTEXT, MERGE -> true;
      // Whoever removes a row names its whole key, unless the first day is no part of it.
      case REMOVE -> !row.fields().containsKey(layout.keys().getLast());
      case ADD, ORIGINAL -> false;
    };
  }

  private boolean isOnlyOfKind(List<String> key) {
    return sent.stream()
            .filter(row -> row.action() != Action.ORIGINAL)
            .filter(row -> kind(layout.keyOf(row.fields())).equals(kind(key)))
            .count()
        == 1;
  }

  private static List<String> kind(List<String> key) {
    return key.subList(0, key.size() - 1);
  }
}
