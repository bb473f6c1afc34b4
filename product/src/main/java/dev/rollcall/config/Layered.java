package dev.rollcall.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one message over those of its instance: a value of the message wins, tables are
 * laid over each other entry by entry.
 */
record Layered(Section own, Section common) {

  /**
   * An entry of a table, and where it stands.
   *
   * @param section null for one that is shipped
   */
  record Entry(String text, @Nullable Section section) {}

  /** Whether it is set for the message or for both. */
  boolean has(String key) {
    return own.has(key) || common.has(key);
  }

  Optional<String> text(String key) {
    Optional<String> shared = common.text(key);
    return own.text(key).or(() -> shared);
  }

  boolean flag(String key) {
    return own.flag(key, common.flag(key, false));
  }

  List<String> texts(String key, List<String> otherwise) {
    return own.texts(key, common.texts(key, otherwise));
  }

  <E> E oneOf(String key, Map<String, E> choices, E otherwise) {
    return own.oneOf(key, choices, common.oneOf(key, choices, otherwise));
  }

  /** The table under this key over what is shipped; {@code None} takes an entry away. */
  Map<String, Entry> table(String key, Map<String, String> shipped) {
    Map<String, Entry> table = new LinkedHashMap<>();
    shipped.forEach((name, text) -> table.put(name, new Entry(text, null)));
    for (Section layer : new Section[] {common.section(key), own.section(key)}) {
      layer
          .entries()
          .forEach((name, text) -> {
            if (text.strip().equalsIgnoreCase("None")) {
              table.remove(name);
            } else {
              table.put(name, new Entry(text, layer));
            }
          });
    }
    return table;
  }

  /** Says that the value under this key is wrong, where it stands. */
  void problemAt(String key, String text) {
    Section section = own.has(key) ? own : common;
    section.problemAt(key, "'%s.%s' %s".formatted(section.path(), key, text));
  }
}
