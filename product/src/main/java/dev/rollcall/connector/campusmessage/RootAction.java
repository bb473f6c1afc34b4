package dev.rollcall.connector.campusmessage;

import dev.rollcall.spi.RefusedDelivery;

/**
 * What happened to the person: the action in the Transaction's own PSCAMA ({@code
 * facts/oim-campus-connector.md §4}).
 */
enum RootAction {
  /** The person was added; also what an empty action means. */
  ADD,
  /** Something about the person changed. */
  CHANGE,
  /** The person was deleted. */
  DELETE;

  /** The action with this code; one that is not known is refused, because nothing is guessed. */
  static RootAction of(String code) {
    return switch (code) {
      case "", "A" -> ADD;
      case "C", "N" -> CHANGE;
      case "D" -> DELETE;
      default ->
          throw new RefusedDelivery(
              RefusedDelivery.Kind.MALFORMED,
              "the Transaction's AUDIT_ACTN "
                  + SentRow.Action.printable(code)
                  + " is not one of A, C, N, D or blank");
    };
  }

  /** How the level-0 row is taken: its own action is the root action. */
  SentRow.Action ofLevelZero() {
    return this == ADD ? SentRow.Action.CONTEXT : SentRow.Action.MERGE;
  }
}
