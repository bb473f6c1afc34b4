package dev.rollcall.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of a YAML file, read key by key. Every problem is collected with its line instead of
 * thrown, so that a person sees all of them at once. A key nobody asked for is a problem.
 */
final class Section {

  private static final Duration SHORTEST_AGE = Durations.parse("1d");
  private static final Duration LONGEST_AGE = Durations.parse("100y");

  private final Reading reading;
  private final String path;
  private final int line;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  Section(Reading reading, String path, @Nullable Node node) {
    this.reading = reading;
    this.path = path;
    this.line = node == null ? 1 : node.getStartMark().getLine() + 1;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        int at = entry.getKeyNode().getStartMark().getLine() + 1;
        if (!(entry.getKeyNode() instanceof ScalarNode named)) {
          problem(at, "the name of a setting must be a text");
          continue;
        }
        String key = named.getValue();
        if (entries.put(key, entry.getValueNode()) != null) {
          problem(at, "'" + name(key) + "' stands here twice");
        }
        lines.put(key, at);
      }
    } else if (node != null
        && !(node instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
      problem(line, "'" + path + "' must be a mapping of names to values");
    }
  }

  Optional<String> text(String key) {
    return scalar(key, "a text", value -> value);
  }

  /** A text that is never shown; see {@link Secrets} for what it may stand for. */
  Optional<String> secret(String key) {
    reading.askedSecret(name(key));
    reading.hide(name(key));
    return text(key);
  }

  /** An address, which is shown without the credentials in it. */
  String address(String key, String otherwise) {
    reading.askedSecret(name(key));
    return text(key, otherwise);
  }

  String text(String key, String otherwise) {
    assume(key, otherwise);
    return text(key).orElse(otherwise);
  }

  /** A text by which something is known; a problem when it stands there and is blank. */
  String named(String key, String otherwise) {
    String name = text(key, otherwise);
    if (name.isBlank()) {
      problem(lineOf(key), "'" + name(key) + "' must not be blank");
    }
    return name;
  }

  /** A text without which nothing can be done; a problem when missing or blank. */
  String required(String key) {
    return text(key)
        .filter(value -> !value.isBlank())
        .orElseGet(() -> {
          problem(line, "'" + name(key) + "' is missing");
          return "";
        });
  }

  boolean flag(String key, boolean otherwise) {
    assume(key, otherwise ? "yes" : "no");
    return scalar(
            key,
            "yes or no",
            value ->
                switch (value.toLowerCase(Locale.ROOT)) {
                  case "yes", "true", "on" -> true;
                  case "no", "false", "off" -> false;
                  default -> throw new IllegalArgumentException(value);
                })
        .orElse(otherwise);
  }

  int number(String key, int otherwise, int least, int most) {
    assume(key, Integer.toString(otherwise));
    return scalar(
            key,
            "a whole number from " + least + " to " + most,
            value -> {
              int number = Integer.parseInt(value);
              if (number < least || number > most) {
                throw new IllegalArgumentException(value);
              }
              return number;
            })
        .orElse(otherwise);
  }

  /** A whole number; null when it is not set. */
  @Nullable Integer numberOrNull(String key, int least, int most) {
    if (has(key)) {
      return number(key, least, least, most);
    }
    take(key);
    return null;
  }

  /**
   * A length of time such as {@code 15s}, {@code 200ms}, {@code 2m}, {@code 1h} or {@code PT15S}.
   */
  Duration duration(String key, Duration otherwise) {
    assume(key, Durations.text(otherwise));
    return scalar(key, "a length of time such as 200ms, 15s, 2m or 1h", Durations::parse)
        .orElse(otherwise);
  }

  /** A number of days or years; a problem when less than a day or more than a century. */
  Duration age(String key, Duration otherwise) {
    assume(key, Durations.text(otherwise));
    return scalar(
            key,
            "a length of time such as 90d or 7y, from 1d to 100y",
            value -> {
              Duration age = Durations.parse(value);
              if (age.compareTo(SHORTEST_AGE) < 0 || age.compareTo(LONGEST_AGE) > 0) {
                throw new IllegalArgumentException(value);
              }
              return age;
            })
        .orElse(otherwise);
  }

  ZoneId zone(String key, ZoneId otherwise) {
    assume(key, otherwise.getId());
    return scalar(
            key,
            "a time zone such as UTC or America/Chicago",
            value -> {
              try {
                return ZoneId.of(value);
              } catch (DateTimeException unknown) {
                throw new IllegalArgumentException(value, unknown);
              }
            })
        .orElse(otherwise);
  }

  <E> E oneOf(String key, Map<String, E> choices, E otherwise) {
    choices.forEach((name, choice) -> {
      if (choice.equals(otherwise)) {
        assume(key, name);
      }
    });
    return scalar(
            key,
            "one of " + String.join(", ", choices.keySet()),
            value -> {
              E choice = choices.get(value);
              if (choice == null) {
                throw new IllegalArgumentException(value);
              }
              return choice;
            })
        .orElse(otherwise);
  }

  /** Names, in a list or only one; no list when it is missing, and a problem for a blank one. */
  List<String> oneOrMore(String key) {
    List<String> names =
        entries.get(key) instanceof ScalarNode ? List.of(text(key, "")) : texts(key, List.of());
    if (names.stream().anyMatch(String::isBlank)) {
      problem(lineOf(key), "'" + name(key) + "' must not be blank");
    }
    return names.stream().map(String::strip).toList();
  }

  List<String> texts(String key, List<String> otherwise) {
    Node node = take(key);
    if (node == null) {
      assume(key, String.join(", ", otherwise));
      return otherwise;
    }
    List<String> texts = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar) {
          texts.add(scalar.getValue());
        } else {
          problem(item.getStartMark().getLine() + 1, "'" + name(key) + "' is a list of texts");
        }
      }
    } else {
      problem(lineOf(key), "'" + name(key) + "' must be a list of texts");
    }
    reading.given(name(key), lineOf(key), String.join(", ", texts));
    return texts;
  }

  /** The section under this key; an empty one when it is missing. */
  Section section(String key) {
    return new Section(reading, name(key), take(key));
  }

  /** The sections under the names of this section, all of them taken. */
  Map<String, Section> sections() {
    Map<String, Section> sections = new LinkedHashMap<>();
    for (String key : entries.keySet()) {
      asked.add(key);
      sections.put(key, new Section(reading, name(key), entries.get(key)));
    }
    return sections;
  }

  /** The texts under the names of this section, all of them taken. */
  Map<String, String> entries() {
    Map<String, String> texts = new LinkedHashMap<>();
    entries.forEach((key, node) -> {
      asked.add(key);
      scalar(key, node, "a text", value -> value).ifPresent(value -> texts.put(key, value));
    });
    return texts;
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Where it stands, as people name it. */
  String path() {
    return path;
  }

  /** Says that something about this key is wrong. */
  void problemAt(String key, String text) {
    problem(lineOf(key), text);
  }

  /** To be called last: what was not asked for is a problem. */
  void done() {
    for (String key : entries.keySet()) {
      if (!asked.contains(key)) {
        problem(
            lineOf(key),
            "unknown setting '" + name(key) + "'; allowed here: " + String.join(", ", asked));
      }
    }
  }

  private <T> Optional<T> scalar(String key, String allowed, Function<String, T> parse) {
    Node node = take(key);
    return node == null ? Optional.empty() : scalar(key, node, allowed, parse);
  }

  private <T> Optional<T> scalar(String key, Node node, String allowed, Function<String, T> parse) {
    if (node instanceof ScalarNode scalar) {
      try {
        T value = parse.apply(scalar.getValue());
        reading.given(name(key), lineOf(key), scalar.getValue());
        return Optional.of(value);
      } catch (IllegalArgumentException wrong) {
        problem(
            lineOf(key),
            "'" + name(key) + "' is '" + scalar.getValue() + "' but must be " + allowed);
        return Optional.empty();
      }
    }
    problem(lineOf(key), "'" + name(key) + "' must be " + allowed);
    return Optional.empty();
  }

  /** The environment decides what is under this key, whatever stands in the file. */
  void fromEnvironment(String key, String variable, String value) {
    reading.fromEnvironment(name(key), variable, value);
  }

  private void assume(String key, String value) {
    if (!has(key)) {
      reading.assumed(name(key), value);
    }
  }

  private @Nullable Node take(String key) {
    asked.add(key);
    reading.asked(name(key));
    return entries.get(key);
  }

  private int lineOf(String key) {
    return lines.getOrDefault(key, line);
  }

  /** How people name the setting under this key. */
  String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private void problem(int at, String text) {
    reading.problem(at, text);
  }
}
