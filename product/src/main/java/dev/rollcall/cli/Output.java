package dev.rollcall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a command answers: for people, or with {@code --json} for programs. */
final class Output {

  private static final JsonMapper JSON = new JsonMapper();

  @Option(names = "--json", description = "Answer with JSON, as the last line of stdout.")
  private boolean json;

  /** Answers with one object or array; {@code human} is told instead when a person asked. */
  void answer(Object value, Runnable human) {
    if (json) {
      System.out.println(JSON.writeValueAsString(value));
    } else {
      human.run();
    }
    System.out.flush();
  }

  /** Something on the way, never part of the answer. */
  void say(String line) {
    System.err.println(line);
  }

  /** A column of a table. */
  record Column(String title, Function<JsonNode, String> value) {
    /** A column that shows a member of each row as it is. */
    static Column of(String title, String member) {
      return new Column(title, row -> text(row.path(member)));
    }
  }

  /**
   * A member as people read it: nothing for what is not there. Control characters come from
   * messages and would be commands to the terminal.
   */
  static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "" : printable(value.asString());
  }

  /** The text without anything a terminal would obey. */
  static String printable(String text) {
    return text.replaceAll("\\p{IsControl}", "?");
  }

  /** Answers with rows; people get a table. */
  void answerRows(JsonNode rows, String whenEmpty, Column... columns) {
    answer(rows, () -> table(rows, whenEmpty, columns));
  }

  /** Prints a table with columns as wide as they need. */
  static void table(JsonNode rows, String whenEmpty, Column... columns) {
    if (rows.isEmpty()) {
      System.out.println(whenEmpty);
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of(columns).stream().map(Column::title).toList());
    for (JsonNode row : rows) {
      lines.add(List.of(columns).stream().map(column -> column.value().apply(row)).toList());
    }
    int[] widths = new int[columns.length];
    for (List<String> line : lines) {
      for (int i = 0; i < columns.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder printed = new StringBuilder();
      for (int i = 0; i < columns.length; i++) {
        printed.append(line.get(i)).repeat(' ', widths[i] - line.get(i).length() + 2);
      }
      System.out.println(printed.toString().stripTrailing());
    }
  }
}
