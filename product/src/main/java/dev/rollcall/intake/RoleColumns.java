package dev.rollcall.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where in a row of the affiliation CSV the code and its description stand.
 *
 * @param code from 0
 * @param description from 0, or -1 when there is none
 * @param width how many columns a row has
 * @param named whether the first row names the columns
 */
record RoleColumns(int code, int description, int width, boolean named) {

  /** As field, as heading, or as people shorten it; without blanks and underscores. */
  private static final List<String> CODES =
      List.of("sccaflcode", "affiliationcode", "affiliation", "code");

  private static final List<String> DESCRIPTIONS =
      List.of("sccafldescr", "affiliationdescription", "description", "descr");

  /**
   * By the first row: it names the columns, or the code is in the first and the text in the last.
   */
  static RoleColumns of(CSVRecord first) {
    List<String> names = new ArrayList<>();
    first.forEach(name -> names.add(name.toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "")));
    int code = find(CODES, names);
    if (code < 0) {
      int last = first.size() - 1;
      return new RoleColumns(0, last == 0 ? -1 : last, first.size(), false);
    }
    while (names.getLast().isEmpty()) {
      names.removeLast();
    }
    return new RoleColumns(code, find(DESCRIPTIONS, names), names.size(), true);
  }

  private static int find(List<String> known, List<String> names) {
    return known.stream().mapToInt(names::indexOf).filter(at -> at >= 0).findFirst().orElse(-1);
  }

  /** What is wrong with the number of columns of a row, or null; empty ones at its end are not. */
  @Nullable String problem(CSVRecord row) {
    for (int i = width; i < row.size(); i++) {
      if (!row.get(i).isBlank()) {
        return counted(row);
      }
    }
    // Without names nothing says that every row has them all; the code is the first.
    return named && row.size() < width ? counted(row) : null;
  }

  private String counted(CSVRecord row) {
    return "%d columns, where the first row has %d; is a separator not quoted?"
        .formatted(row.size(), width);
  }

  /** The description, empty when there is none. */
  String description(CSVRecord row) {
    return description >= 0 && description < row.size() ? row.get(description) : "";
  }
}
