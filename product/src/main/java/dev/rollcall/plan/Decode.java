package dev.rollcall.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where an attribute is read, in the grammar of the campus guide ({@code
 * facts/oim-campus-connector.md §5}): {@code NODE~PARENT NODE~TYPE NODE=Value~EFFECTIVE DATED
 * NODE~PRIMARY or RESOURCE=Name}.
 *
 * @param text as configured; it is what people see as the rule of a value
 * @param node the field the value is read from
 * @param record the record whose rows are candidates
 * @param type which of its rows count, null for all
 * @param effdt the field with the effective date, null when the record is not dated
 * @param primary whether a person without this value is not acted on
 * @param resource the child resource it is a field of, null when it is the account's own
 */
public record Decode(
    String text,
    String node,
    String record,
    @Nullable Type type,
    @Nullable String effdt,
    boolean primary,
    @Nullable String resource) {

  /** Skips an element of the grammar. */
  static final String NONE = "None";

  static final String PRIMARY = "PRIMARY";
  static final String RESOURCE = "RESOURCE=";

  /** Only rows whose field has this value count: {@code NAME_TYPE=PRI}. */
  public record Type(String field, String value) {
    @Override
    public String toString() {
      return field + "=" + value;
    }
  }

  /**
   * Reads a decode.
   *
   * @throws IllegalArgumentException when it is none; the message names the element, what is wrong
   *     with it and what is allowed
   */
  public static Decode parse(String text) {
    return new DecodeParser(text).parse();
  }

  /** The same with its record under another name; people still see what they configured. */
  Decode withRecord(UnaryOperator<String> canonical) {
    return new Decode(text, node, canonical.apply(record), type, effdt, primary, resource);
  }

  /** The shortest text that means the same: without skipped elements at the end. */
  public String print() {
    List<String> elements = new ArrayList<>(5);
    elements.add(node);
    elements.add(record);
    elements.add(type == null ? NONE : type.toString());
    elements.add(effdt == null ? NONE : effdt);
    elements.add(primary ? PRIMARY : resource == null ? NONE : RESOURCE + resource);
    while (elements.getLast().equals(NONE)) {
      elements.removeLast();
    }
    return String.join("~", elements);
  }
}
