package dev.rollcall.plan.identity;

import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Mapped;
import dev.rollcall.plan.identity.Brackets.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How an attribute is made of fields of PERSON: {@code [FIELD]}, {@code [FIELD|OTHER]} for the
 * first of them that has a value, and anything else as it stands. {@code [IDENTITY_TYPE]} is the
 * code of the leading identity type.
 *
 * <p>Of a field that the source does not tell nothing is known, so nothing is known of the
 * attribute. When all its fields are known to be empty, so is the attribute.
 */
public final class Template {

  static final String IDENTITY_TYPE = "IDENTITY_TYPE";

  private static final Pattern FIELD = Pattern.compile("[A-Z][A-Z0-9_#$]*");

  /**
   * A literal, or the names of which the first that has a value counts.
   *
   * @param fields empty for a literal
   */
  private record Piece(String literal, List<String> fields) {}

  /** What a piece came to. */
  private record Read(Value value, String field) {}

  private final String text;
  private final List<Piece> pieces;

  private Template(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = List.copyOf(pieces);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is not written as it has to be; the message says how
   */
  public static Template parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "a mapping is empty; leave it out when the attribute is not to be written");
    }
    List<Piece> pieces = new ArrayList<>();
    for (Part part : Brackets.split("the mapping '" + text + "'", text)) {
      if (!part.named()) {
        pieces.add(new Piece(part.text(), List.of()));
        continue;
      }
      List<String> fields = Arrays.stream(part.text().split("\\|", -1)).map(String::strip).toList();
      for (String field : fields) {
        if (!FIELD.matcher(field).matches()) {
          throw new IllegalArgumentException(
              ("the mapping '%s': '%s' is not the name of a field; write [FIELD], or"
                      + " [FIELD|OTHER], with columns of the person query in capitals")
                  .formatted(text, field));
        }
      }
      pieces.add(new Piece("", fields));
    }
    return new Template(text, pieces);
  }

  /** The fields it may read. */
  Set<String> fields() {
    return pieces.stream().flatMap(piece -> piece.fields().stream()).collect(Collectors.toSet());
  }

  /** What it comes to; null when nothing is known of it. */
  @Nullable Mapped map(PersonFields person) {
    StringBuilder filled = new StringBuilder();
    Set<String> read = new LinkedHashSet<>();
    boolean empty = !fields().isEmpty();
    for (Piece piece : pieces) {
      if (piece.fields().isEmpty()) {
        filled.append(piece.literal());
        continue;
      }
      Read value = read(piece.fields(), person);
      if (value == null) {
        return null;
      }
      read.add(value.field());
      String given = value.value().textOrNull();
      if (given != null) {
        empty = false;
        filled.append(given);
      }
    }
    Value value = empty ? new Value.Cleared() : Value.of(filled.toString().replaceAll("\\s+", " "));
    return new Mapped(
        value,
        origin(read),
        value instanceof Value.Text ? "as the source has it" : "empty in the source");
  }

  private static @Nullable Read read(List<String> fields, PersonFields person) {
    boolean unknown = false;
    for (String field : fields) {
      Value value = person.get(field);
      if (value instanceof Value.Text) {
        return new Read(value, field);
      }
      unknown |= value == null;
    }
    return unknown ? null : new Read(new Value.Cleared(), fields.getLast());
  }

  private Origin origin(Set<String> read) {
    // A national id among them must be seen as one, or the whole would be shown.
    String field =
        read.stream()
            .filter(Origin::isNationalId)
            .findFirst()
            .orElseGet(() -> String.join(" ", read));
    return new Origin(text, PersonFields.RECORD, field, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
