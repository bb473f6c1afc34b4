package dev.rollcall.simulators.hcm.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The order of a collection's rows. Without one, and between rows that it leaves equal, it cannot
 * be determined: then it is another one for each call.
 *
 * @param firm whether it is the same for every call
 */
record Order<R>(Comparator<R> comparator, boolean firm) {
  private static final List<String> UNIQUE = List.of("PersonId", "PersonNumber", "LocationId");

  /**
   * Reads an {@code orderBy}.
   *
   * @throws Problem 400 where an attribute or a direction is unknown
   */
  static <R> Order<R> of(String text, Resource<R> resource) {
    Comparator<R> order = (_, _) -> 0;
    boolean firm = false;
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      String[] words = part.strip().split(":", -1);
      String direction = words.length == 1 ? "asc" : words[1].toLowerCase(Locale.ROOT);
      if (words.length > 2 || !(direction.equals("asc") || direction.equals("desc"))) {
        throw Problem.bad("The orderBy parameter is invalid: " + part.strip());
      }
      Attribute<R> attribute = resource.attribute(words[0].strip());
      Comparator<R> by = (a, b) -> nullable(attribute.getter().of(a), attribute.getter().of(b));
      order = order.thenComparing(direction.equals("asc") ? by : by.reversed());
      firm |= UNIQUE.contains(attribute.name());
    }
    return new Order<>(order, firm);
  }

  /**
   * Puts rows in order.
   *
   * @param salt decides what the order leaves open
   */
  List<R> sorted(List<R> rows, long salt) {
    List<R> sorted = new ArrayList<>(rows);
    if (!firm) {
      Collections.shuffle(sorted, new Random(salt));
    }
    sorted.sort(comparator);
    return sorted;
  }

  private static int nullable(@Nullable Object a, @Nullable Object b) {
    if (a == null) {
      return b == null ? 0 : 1;
    }
    return b == null ? -1 : compare(a, b);
  }

  /** Compares two values of one attribute. */
  @SuppressWarnings("unchecked")
  static int compare(Object value, Object other) {
    return value.getClass() == other.getClass()
        ? ((Comparable<Object>) value).compareTo(other)
        : value.toString().compareTo(other.toString());
  }
}
