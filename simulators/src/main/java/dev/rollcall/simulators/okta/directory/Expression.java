package dev.rollcall.simulators.okta.directory;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A {@code filter} or {@code search} expression: comparisons joined by {@code and} and {@code or},
 * with parentheses; {@code not} is for the System Log alone.
 */
public final class Expression {
  /** What an expression asks about somebody or something. */
  @FunctionalInterface
  public interface Attributes {
    /** The values of an attribute, several for a list; empty where there is none. */
    List<JsonNode> values(String attribute);
  }

  /** Which attributes and operators may be used where. */
  public enum Dialect {
    USER_FILTER(true),
    USER_SEARCH(false),
    GROUP_FILTER(true),
    GROUP_SEARCH(false),
    LOG(true);

    private final boolean caseSensitive;

    Dialect(boolean caseSensitive) {
      this.caseSensitive = caseSensitive;
    }

    private boolean allows(String attribute, String operator) {
      boolean date = DATES.contains(attribute);
      return switch (this) {
        case USER_FILTER ->
            attribute.equals("lastUpdated")
                ? DATED.contains(operator)
                : operator.equals("eq") && USER_FILTERS.contains(attribute);
        case GROUP_FILTER ->
            Set.of("lastUpdated", "lastMembershipUpdated").contains(attribute)
                ? DATED.contains(operator)
                : operator.equals("eq") && Set.of("id", "type").contains(attribute);
        case USER_SEARCH ->
            (attribute.startsWith("profile.") || USER_TOP.contains(attribute) || date)
                && (SEARCH.contains(operator)
                    || (operator.equals("co") && CONTAINED.contains(attribute)));
        case GROUP_SEARCH ->
            (attribute.startsWith("profile.") || Set.of("id", "type").contains(attribute) || date)
                && (SEARCH.contains(operator) || operator.equals("co"));
        case LOG ->
            LOGGED.matcher(attribute).matches()
                && (SEARCH.contains(operator) || Set.of("co", "ew", "ne").contains(operator));
      };
    }
  }

  private interface Node {
    boolean holds(Attributes attributes);
  }

  private static final Set<String> DATED = Set.of("eq", "gt", "ge", "lt", "le");
  private static final Set<String> SEARCH = Set.of("eq", "gt", "ge", "lt", "le", "sw", "pr");
  private static final Set<String> DATES =
      Set.of("created", "activated", "statusChanged", "lastUpdated", "lastMembershipUpdated");
  private static final Pattern LOGGED =
      Pattern.compile(
          "eventType|published|uuid|severity|displayMessage|outcome\\.(result|reason)"
              + "|(actor|target)\\.(id|type|alternateId|displayName)|transaction\\.(id|type)"
              + "|debugContext\\.debugData\\.\\w+");
  private static final Set<String> USER_TOP = Set.of("id", "status", "type.id");
  private static final Set<String> CONTAINED =
      Set.of("profile.firstName", "profile.lastName", "profile.email", "profile.login");
  private static final Set<String> USER_FILTERS =
      Set.of(
          "status",
          "id",
          "profile.login",
          "profile.email",
          "profile.firstName",
          "profile.lastName");
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\(|\\)|\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s()\"]+)");

  private final Dialect dialect;
  private final Matcher tokens;
  private Optional<String> next;
  private final Node root;

  private Expression(String text, Dialect dialect) {
    this.dialect = dialect;
    tokens = TOKEN.matcher(text.strip());
    next = read();
    root = either();
    if (next.isPresent()) {
      throw Refusal.of(ErrorCode.E0000031);
    }
  }

  /**
   * Reads an expression.
   *
   * @throws Refusal E0000031 where it cannot be understood, E0000030 where a date is none
   */
  public static Expression of(String text, Dialect dialect) {
    return new Expression(text, dialect);
  }

  public boolean holds(Attributes attributes) {
    return root.holds(attributes);
  }

  private Optional<String> read() {
    if (tokens.regionStart() == tokens.regionEnd()) {
      return Optional.empty();
    }
    if (!tokens.lookingAt()) {
      throw Refusal.of(ErrorCode.E0000031);
    }
    String token = String.valueOf(tokens.group(1));
    tokens.region(tokens.end(), tokens.regionEnd());
    return Optional.of(token);
  }

  private String take() {
    String token = next.orElseThrow(() -> Refusal.of(ErrorCode.E0000031));
    next = read();
    return token;
  }

  private boolean comes(String word) {
    return next.filter(token -> token.equalsIgnoreCase(word)).isPresent();
  }

  private Node either() {
    Node left = both();
    while (comes("or")) {
      take();
      Node first = left;
      Node second = both();
      left = attributes -> first.holds(attributes) || second.holds(attributes);
    }
    return left;
  }

  private Node both() {
    Node left = single();
    while (comes("and")) {
      take();
      Node first = left;
      Node second = single();
      left = attributes -> first.holds(attributes) && second.holds(attributes);
    }
    return left;
  }

  private Node single() {
    if (comes("(")) {
      take();
      Node inner = either();
      if (!take().equals(")")) {
        throw Refusal.of(ErrorCode.E0000031);
      }
      return inner;
    }
    if (dialect == Dialect.LOG && comes("not")) {
      take();
      Node inner = single();
      return attributes -> !inner.holds(attributes);
    }
    String attribute = take();
    String operator = take().toLowerCase(Locale.ROOT);
    if (!dialect.allows(attribute, operator)) {
      throw Refusal.of(ErrorCode.E0000031);
    }
    if (operator.equals("pr")) {
      return attributes -> !attributes.values(attribute).isEmpty();
    }
    return comparison(attribute, operator, literal(take()));
  }

  private Node comparison(String attribute, String operator, String wanted) {
    if (operator.equals("ne")) {
      Node same = comparison(attribute, "eq", wanted);
      return attributes -> !same.holds(attributes);
    }
    if (DATES.contains(attribute) || attribute.equals("published")) {
      Instant date = date(wanted);
      return attributes ->
          attributes.values(attribute).stream()
              .anyMatch(value -> decides(operator, date(value.asString()).compareTo(date)));
    }
    return attributes ->
        attributes.values(attribute).stream().anyMatch(value -> matches(value, operator, wanted));
  }

  private boolean matches(JsonNode value, String operator, String wanted) {
    if (value.isNumber() && wanted.matches("-?\\d+(\\.\\d+)?")) {
      return decides(operator, Double.compare(value.asDouble(), Double.parseDouble(wanted)));
    }
    String found = folded(value.asString());
    String sought = folded(wanted);
    return switch (operator) {
      case "sw" -> found.startsWith(sought);
      case "co" -> found.contains(sought);
      case "ew" -> found.endsWith(sought);
      case String order -> decides(order, found.compareTo(sought));
    };
  }

  private String folded(String text) {
    return dialect.caseSensitive ? text : text.toLowerCase(Locale.ROOT);
  }

  private static boolean decides(String operator, int order) {
    return switch (operator) {
      case "eq" -> order == 0;
      case "gt" -> order > 0;
      case "ge" -> order >= 0;
      case "lt" -> order < 0;
      case "le" -> order <= 0;
      default -> false;
    };
  }

  private static String literal(String token) {
    if (token.startsWith("\"")) {
      return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    if (token.matches("true|false|-?\\d+(\\.\\d+)?")) {
      return token;
    }
    throw Refusal.of(ErrorCode.E0000031);
  }

  private static Instant date(String text) {
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      throw Refusal.of(ErrorCode.E0000030);
    }
  }
}
