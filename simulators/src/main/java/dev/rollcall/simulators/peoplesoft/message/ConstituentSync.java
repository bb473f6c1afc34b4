package dev.rollcall.simulators.peoplesoft.message;

import dev.rollcall.simulators.peoplesoft.population.Changed;
import dev.rollcall.simulators.peoplesoft.population.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One SCC_CONSTITUENT_SYNC before it is written: a person's transaction with its row actions. */
public record ConstituentSync(Action root, Style style, Row person, List<SentRow> rows) {
  public static final String NAME = "SCC_CONSTITUENT_SYNC";
  public static final String OPERATION = NAME + ".v1";

  public ConstituentSync {
    rows = List.copyOf(rows);
  }

  /**
   * A new person: every row is an added one.
   *
   * @param blankRoot whether the root action is EMPTY, which says the same as A
   */
  public static ConstituentSync added(Person person, Style style, boolean blankRoot) {
    List<SentRow> rows = new ArrayList<>();
    for (Row row : PersonRows.children(person)) {
      rows.add(new SentRow(row, Action.ADDED, row.filledFields()));
    }
    return new ConstituentSync(
        blankRoot ? Action.BLANK : Action.ADDED, style, PersonRows.root(person), rows);
  }

  public static ConstituentSync changed(
      Person before, Changed change, Style style, boolean originals) {
    Person after = change.after();
    return new ConstituentSync(
        Action.CHANGED,
        style,
        PersonRows.root(after),
        Delta.between(before, after, change.redated(), style, originals));
  }

  /** A deleted person: alone, or with the last rows as context. */
  public static ConstituentSync deleted(Person person, Style style) {
    List<SentRow> rows =
        style == Style.IMAGE
            ? Delta.between(person, person, Optional.empty(), style, false)
            : List.of();
    return new ConstituentSync(Action.DELETED, style, PersonRows.root(person), rows);
  }

  /**
   * Whether a receiver that saw this message can do without the older one, whatever that changed.
   * Only then may the older one be delivered late without leaving the end state open. An
   * affiliation that is missing says nothing: it may have been removed by the older one.
   */
  public boolean supersedes(ConstituentSync older) {
    if (root != Action.CHANGED || older.root != Action.CHANGED) {
      return false;
    }
    for (RecordType type : RecordType.values()) {
      boolean complete =
          type != RecordType.SCC_AFL_PERSON
              && rows.stream()
                  .anyMatch(sent -> sent.row().type() == type && sent.action() == Action.BLANK);
      if (!complete && !touched(type).containsAll(older.touched(type))) {
        return false;
      }
    }
    return true;
  }

  private Set<List<String>> touched(RecordType type) {
    Set<List<String>> keys = new HashSet<>();
    for (SentRow sent : rows) {
      boolean silent = sent.action() == Action.BLANK || sent.action() == Action.ORIGINAL;
      if (sent.row().type() == type && !silent) {
        keys.add(sent.row().key());
      }
    }
    return keys;
  }
}
