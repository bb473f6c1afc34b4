package dev.rollcall.plan.identity;

import java.util.ArrayList;
import java.util.List;

/** Reads texts in which {@code [names]} stand for values. */
final class Brackets {

  /**
   * A part of such a text.
   *
   * @param named whether it stood in brackets
   * @param text without the brackets
   */
  record Part(boolean named, String text) {}

  private Brackets() {}

  /**
   * Splits one.
   *
   * @param what it is and how it was written, for messages
   * @throws IllegalArgumentException when the brackets do not pair
   */
  static List<Part> split(String what, String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '[') {
        int end = text.indexOf(']', at);
        String name = end < 0 ? "" : text.substring(at + 1, end).strip();
        if (name.isEmpty() || name.contains("[")) {
          throw new IllegalArgumentException(
              what + ": every [ has to be followed by a name and a ]");
        }
        parts.add(new Part(true, name));
        at = end + 1;
      } else {
        int next = text.indexOf('[', at);
        int end = next < 0 ? text.length() : next;
        String literal = text.substring(at, end);
        if (literal.contains("]")) {
          throw new IllegalArgumentException(what + ": a ] has no [");
        }
        parts.add(new Part(false, literal));
        at = end;
      }
    }
    return parts;
  }
}
