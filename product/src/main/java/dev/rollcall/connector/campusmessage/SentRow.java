package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.Value;
import java.util.Map;
import java.util.Optional;

/**
 * One row as a message tells it.
 *
 * @param record the record's name as sent
 * @param fields in no particular order; a field that was not sent has no entry
 * @param action what the PSCAMA behind the row says
 */
record SentRow(String record, Map<String, Value> fields, Action action) {
  SentRow {
    fields = Map.copyOf(fields);
  }

  /** What to do with a row ({@code facts/peoplesoft.md §4.1}). */
  enum Action {
    /** Blank: the row is there so that the record is whole. */
    CONTEXT,
    /** A: the row is new. */
    ADD,
    /** C, N: the row has changed, or has these new keys. */
    MERGE,
    /** D, K: the row is gone, or no longer has these old keys. */
    REMOVE,
    /** O: how a changed row was before; says nothing about how it is. */
    ORIGINAL;

    /** The action with this code. */
    static Optional<Action> of(String code) {
      return switch (code) {
        case "" -> Optional.of(CONTEXT);
        case "A" -> Optional.of(ADD);
        case "C", "N" -> Optional.of(MERGE);
        case "D", "K" -> Optional.of(REMOVE);
        case "O" -> Optional.of(ORIGINAL);
        default -> Optional.empty();
      };
    }

    /** A code as it may stand in an answer: what is not a code could be anything, even a name. */
    static String printable(String code) {
      return code.matches("[A-Za-z0-9]") ? "'" + code + "'" : "(not one letter)";
    }
  }
}
