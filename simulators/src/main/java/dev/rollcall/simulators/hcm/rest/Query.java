package dev.rollcall.simulators.hcm.rest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code q} parameter: query by example in version 1 of the framework, row match from version 2
 * on. Neither understands the other.
 *
 * @param <R> the rows of the resource
 */
final class Query<R> {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*('(?:[^']|'')*'|<=|>=|<>|[=<>(),]|[A-Za-z_][\\w.]*|-?\\d+(?:\\.\\d+)?(?![\\w-]))");
  private static final Pattern EXAMPLE =
      Pattern.compile("\\s*([A-Za-z_][\\w.]*)\\s*((?:<=|>=|<>|=|<|>).*)", Pattern.DOTALL);
  private static final Pattern EXAMPLE_VALUE =
      Pattern.compile("\\s*(<=|>=|<>|=|<|>)\\s*(.*?)\\s*", Pattern.DOTALL);
  private static final Pattern JOINED = Pattern.compile("(?i)\\s+(and|or)\\s+(?=[<>=])");

  private final Resource<R> resource;
  private final LocalDate day;
  private final Resource.Queryable queryable;

  private final List<String> tokens = new ArrayList<>();
  private int at;

  private Query(Resource<R> resource, LocalDate day, Resource.Queryable queryable) {
    this.resource = resource;
    this.day = day;
    this.queryable = queryable;
  }

  /**
   * Reads a query.
   *
   * @param version of the framework
   * @throws Problem 400 where it cannot be understood, or asks what cannot be queried
   */
  static <R> Predicate<R> of(
      String text, int version, Resource<R> resource, LocalDate day, Resource.Queryable queryable) {
    if (text.isBlank()) {
      return row -> true;
    }
    Query<R> query = new Query<>(resource, day, queryable);
    return version == 1 ? query.example(text) : query.match(text);
  }

  /** {@code Attr>value;Attr2=value}, a range as {@code Attr>a and <b}. */
  private Predicate<R> example(String text) {
    Predicate<R> all = row -> true;
    for (String part : text.split(";", -1)) {
      Matcher matcher = EXAMPLE.matcher(part);
      if (!matcher.matches()) {
        throw invalid(part.strip());
      }
      Attribute<?> attribute = attribute(matcher.group(1));
      List<String> path = path(matcher.group(1));
      all = all.and(examples(attribute, path, matcher.group(2)));
    }
    return all;
  }

  private Predicate<R> examples(Attribute<?> attribute, List<String> path, String text) {
    Matcher joined = JOINED.matcher(text);
    int from = 0;
    Predicate<R> whole = null;
    String how = "";
    while (true) {
      boolean more = joined.find();
      Predicate<R> one =
          exampleOf(attribute, path, text.substring(from, more ? joined.start() : text.length()));
      whole = whole == null ? one : how.equals("or") ? whole.or(one) : whole.and(one);
      if (!more) {
        return whole;
      }
      how = joined.group(1).toLowerCase(Locale.ROOT);
      from = joined.end();
    }
  }

  private Predicate<R> exampleOf(Attribute<?> attribute, List<String> path, String text) {
    Matcher matcher = EXAMPLE_VALUE.matcher(text);
    if (!matcher.matches() || matcher.group(2).isEmpty()) {
      throw invalid(text.strip());
    }
    String value = matcher.group(2);
    boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
    String bare = quoted ? value.substring(1, value.length() - 1) : value;
    boolean worded = attribute.type() != Attribute.Type.INTEGER;
    return compared(path, matcher.group(1), attribute.literal(bare, worded));
  }

  private Predicate<R> match(String text) {
    Matcher matcher = TOKEN.matcher(text.strip());
    int end = 0;
    while (end < text.strip().length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw invalid(text.strip().substring(end));
      }
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    Predicate<R> whole = either();
    if (at < tokens.size()) {
      throw invalid(tokens.get(at));
    }
    return whole;
  }

  private Predicate<R> either() {
    Predicate<R> left = both();
    while (comes("or")) {
      at++;
      left = left.or(both());
    }
    return left;
  }

  private Predicate<R> both() {
    Predicate<R> left = single();
    while (comes("and")) {
      at++;
      left = left.and(single());
    }
    return left;
  }

  private Predicate<R> single() {
    if (comes("(")) {
      at++;
      Predicate<R> inner = either();
      expect(")");
      return inner;
    }
    boolean upper = comes("upper") && at + 1 < tokens.size() && tokens.get(at + 1).equals("(");
    if (upper) {
      at += 2;
    }
    String name = word();
    Attribute<?> attribute = attribute(name);
    List<String> path = path(name);
    if (upper) {
      expect(")");
    }
    Function<Object, Object> fold =
        upper ? value -> value.toString().toUpperCase(Locale.ROOT) : value -> value;
    String operator = take().toLowerCase(Locale.ROOT);
    return switch (operator) {
      case "=", "<>", "<", ">", "<=", ">=" -> compared(path, operator, literal(attribute), fold);
      case "between" -> {
        Comparable<?> low = literal(attribute);
        expect("and");
        yield compared(path, ">=", low, fold).and(compared(path, "<=", literal(attribute), fold));
      }
      case "in" -> {
        expect("(");
        Predicate<R> any = compared(path, "=", literal(attribute), fold);
        while (comes(",")) {
          at++;
          any = any.or(compared(path, "=", literal(attribute), fold));
        }
        expect(")");
        yield any;
      }
      case "like" -> {
        if (attribute.type() != Attribute.Type.STRING) {
          throw invalid("like for " + name);
        }
        Pattern pattern = like(literal(attribute).toString());
        yield row ->
            values(row, path).stream()
                .anyMatch(value -> pattern.matcher(fold.apply(value).toString()).matches());
      }
      case "is" -> {
        boolean not = comes("not");
        if (not) {
          at++;
        }
        expect("null");
        yield row -> values(row, path).isEmpty() != not;
      }
      default -> throw invalid(name + " " + operator);
    };
  }

  private static Pattern like(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      regex.append(each == '%' ? ".*" : each == '_' ? "." : Pattern.quote(String.valueOf(each)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private Comparable<?> literal(Attribute<?> attribute) {
    String token = take();
    boolean quoted = token.startsWith("'");
    return attribute.literal(
        quoted ? token.substring(1, token.length() - 1).replace("''", "'") : token, quoted);
  }

  private boolean comes(String word) {
    return at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
  }

  private String take() {
    if (at == tokens.size()) {
      throw invalid("it ends early");
    }
    return tokens.get(at++);
  }

  private String word() {
    String word = take();
    if (!Character.isLetter(word.charAt(0))) {
      throw invalid(word);
    }
    return word;
  }

  private void expect(String word) {
    if (!comes(word)) {
      throw invalid(at < tokens.size() ? tokens.get(at) : "it ends early");
    }
    at++;
  }

  private Attribute<?> attribute(String name) {
    Attribute<?> attribute = resource.along(path(name));
    if (!queryable.allows(resource.name() + "." + name, attribute.queryable())) {
      throw Problem.bad(
          "The query parameter is invalid: the attribute " + name + " is not queryable.");
    }
    return attribute;
  }

  private static List<String> path(String name) {
    return List.of(name.split("\\.", -1));
  }

  private List<Object> values(R row, List<String> path) {
    List<Object> values = new ArrayList<>(2);
    resource.collect(row, path, day, values);
    return values;
  }

  private Predicate<R> compared(List<String> path, String operator, Comparable<?> wanted) {
    return compared(path, operator, wanted, value -> value);
  }

  private Predicate<R> compared(
      List<String> path, String operator, Comparable<?> wanted, Function<Object, Object> fold) {
    return row -> {
      for (Object value : values(row, path)) {
        int order = Order.compare(fold.apply(value), wanted);
        boolean holds =
            switch (operator) {
              case "=" -> order == 0;
              case "<>" -> order != 0;
              case "<" -> order < 0;
              case ">" -> order > 0;
              case "<=" -> order <= 0;
              case ">=" -> order >= 0;
              default -> false;
            };
        if (holds) {
          return true;
        }
      }
      return false;
    };
  }

  private static Problem invalid(String near) {
    return Problem.bad("The query parameter is invalid near: " + near);
  }
}
