package dev.rollcall.plan.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * People whom no event touches ({@code facts/oim-campus-connector.md §10}).
 *
 * @param ids exactly these
 * @param patterns regular expressions that an id matches as a whole
 */
public record Exclusion(Set<String> ids, List<Pattern> patterns) {

  public Exclusion {
    ids = Set.copyOf(ids);
    patterns = List.copyOf(patterns);
  }

  /** Nobody is excluded. */
  public static Exclusion nobody() {
    return new Exclusion(Set.of(), List.of());
  }

  /** The ids of a list separated by {@code |}; leading zeros count. */
  public static Set<String> ids(String list) {
    return Arrays.stream(list.split("\\|", -1))
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toSet());
  }

  /**
   * A pattern as configured.
   *
   * @throws IllegalArgumentException when it is no regular expression
   */
  public static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s".formatted(text, wrong.getDescription()), wrong);
    }
  }

  /** Why one of these ids is excluded, or null when none is. */
  public @Nullable String why(String id, @Nullable String login) {
    String why = why(id);
    return why == null && login != null ? why(login) : why;
  }

  private @Nullable String why(String id) {
    if (ids.contains(id)) {
      return "User ID " + id + " is in the exclusion list";
    }
    for (Pattern pattern : patterns) {
      if (pattern.matcher(id).matches()) {
        return "User ID " + id + " matches " + pattern.pattern() + " in the exclusion list";
      }
    }
    return null;
  }
}
