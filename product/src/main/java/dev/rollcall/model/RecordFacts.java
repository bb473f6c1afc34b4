package dev.rollcall.model;

import java.util.List;

/**
 * The rows of one record of a person.
 *
 * @param complete whether the rows are all there are: then a field or row that is missing is known
 *     to be empty, otherwise nothing is known about it
 * @param rows in the order the source told them
 */
public record RecordFacts(boolean complete, List<Row> rows) {
  public RecordFacts {
    rows = List.copyOf(rows);
  }
}
