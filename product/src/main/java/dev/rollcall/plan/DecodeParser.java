package dev.rollcall.plan;

import org.jspecify.annotations.Nullable;

/** Reads one {@link Decode}; strict, because a misread rule would clear or overwrite accounts. */
final class DecodeParser {

  private enum Element {
    NODE(1, "NODE", "the name of a field"),
    PARENT_NODE(2, "PARENT NODE", "the name of a record"),
    TYPE(3, "TYPE NODE=Value", "FIELD=Value or None"),
    EFFECTIVE_DATED(4, "EFFECTIVE DATED NODE", "the name of a field, or None"),
    KIND(5, "PRIMARY or RESOURCE=Name", "PRIMARY, RESOURCE=Name or None");

    private final int number;
    private final String title;
    private final String allowed;

    Element(int number, String title, String allowed) {
      this.number = number;
      this.title = title;
      this.allowed = allowed;
    }
  }

  private final String text;
  private final String[] elements;

  DecodeParser(String text) {
    this.text = text;
    this.elements = text.split("~", -1);
  }

  Decode parse() {
    if (elements.length > Element.values().length) {
      throw new IllegalArgumentException(
          "'%s' has %d elements; at most 5 are allowed: NODE~PARENT NODE~TYPE NODE=Value~EFFECTIVE DATED NODE~PRIMARY or RESOURCE=Name"
              .formatted(text, elements.length));
    }
    String node = required(Element.NODE);
    String record = required(Element.PARENT_NODE);
    Decode.Type type = type();
    String dated = element(Element.EFFECTIVE_DATED);
    String effdt = dated == null ? null : name(Element.EFFECTIVE_DATED, dated);
    String kind = element(Element.KIND);
    boolean primary = kind != null && kind.equalsIgnoreCase(Decode.PRIMARY);
    String resource = kind == null || primary ? null : resource(kind);
    return new Decode(text, node, record, type, effdt, primary, resource);
  }

  /** The element's text, or null when it is skipped or absent. */
  private @Nullable String element(Element element) {
    if (element.number > elements.length) {
      return null;
    }
    String value = elements[element.number - 1];
    if (value.isBlank()) {
      throw wrong(element, "is empty");
    }
    if (!value.equals(value.strip())) {
      throw wrong(element, "has blanks around it");
    }
    return value.equalsIgnoreCase(Decode.NONE) ? null : value;
  }

  private String required(Element element) {
    String value = element(element);
    if (value == null) {
      throw wrong(element, "is missing");
    }
    return name(element, value);
  }

  private Decode.@Nullable Type type() {
    String value = element(Element.TYPE);
    if (value == null) {
      return null;
    }
    int equals = value.indexOf('=');
    if (equals < 0) {
      throw wrong(Element.TYPE, "has no '='");
    }
    String wanted = value.substring(equals + 1);
    if (wanted.isEmpty() || !wanted.equals(wanted.strip())) {
      // Field values arrive stripped, so such a type could never be met.
      throw wrong(Element.TYPE, "has no value, or blanks, behind the '='");
    }
    return new Decode.Type(name(Element.TYPE, value.substring(0, equals)), wanted);
  }

  private String resource(String kind) {
    if (!kind.regionMatches(true, 0, Decode.RESOURCE, 0, Decode.RESOURCE.length())) {
      throw wrong(Element.KIND, "is neither");
    }
    String name = kind.substring(Decode.RESOURCE.length());
    if (name.isBlank() || !name.equals(name.strip())) {
      throw wrong(Element.KIND, "has no name, or blanks, behind the '='");
    }
    return name;
  }

  /** Fields and records are XML elements in a message, so their names are XML names. */
  private String name(Element element, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean fits = Character.isLetter(c) || c == '_';
      if (!fits && (i == 0 || !(Character.isDigit(c) || c == '-' || c == '.'))) {
        throw wrong(element, "has '" + c + "' where a name cannot have it");
      }
    }
    if (value.isEmpty()) {
      throw wrong(element, "has no name before the '='");
    }
    return value;
  }

  private IllegalArgumentException wrong(Element element, String problem) {
    return new IllegalArgumentException(
        "Element %d (%s) of '%s' %s; allowed is %s"
            .formatted(element.number, element.title, text, problem, element.allowed));
  }
}
