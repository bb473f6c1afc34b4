package dev.rollcall.plan.identity;

import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Mapped;
import dev.rollcall.plan.identity.Brackets.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the logins of an identity type are made, as {@code [First].[Last]-ADJ@univ.edu}: {@code
 * [First]}, {@code [Middle]} and {@code [Last]} stand for the person's names, {@code [EMPLID]},
 * {@code [OPRID]} and any other field of PERSON for its value, each written as {@link
 * Transliteration} says. The domain is in small letters.
 *
 * <p>A name is not one person's: where a login is taken, the one with the middle initial behind the
 * first name is the next to try, then those with a number from 2 to 99 behind the last of the
 * fields. A format that has any field that is no name identifies the person, and there is nothing
 * else to try.
 */
public final class LoginFormat {

  private static final String ALLOWED =
      "; write [First], [Middle], [Last], [EMPLID], [OPRID] or any column of the person query in"
          + " capitals in brackets, letters, digits and . _ - + between them, one @, and a domain"
          + " behind it, as [First].[Last]@univ.edu";

  private static final Pattern FIELD = Pattern.compile("[A-Z][A-Z0-9_#$]*");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._+-]*");
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

  /** Okta's limits of a login ({@code facts/okta.md §2.3}). */
  private static final int SHORTEST = 5;

  private static final int LONGEST = 100;

  /** What mail knows as the longest part before the @. */
  private static final int LONGEST_LOCAL = 64;

  private static final int LAST_NUMBER = 99;

  private static final Set<String> NAMES =
      Set.of(
          PersonFields.FIRST,
          PersonFields.MIDDLE,
          PersonFields.LAST,
          PersonFields.PREFERRED_FIRST,
          PersonFields.PREFERRED_LAST);

  /** A literal, one of the person's names, or a field. */
  private sealed interface Piece {
    record Literal(String text) implements Piece {}

    record Name(Which which) implements Piece {}

    record Field(String field) implements Piece {}
  }

  private enum Which {
    FIRST,
    MIDDLE,
    LAST
  }

  /** What came of a format for one person. */
  sealed interface Logins {
    /**
     * What can be tried.
     *
     * @param all the logins in the order to try them, at least one
     */
    record Candidates(List<Mapped> all) implements Logins {
      public Candidates {
        all = List.copyOf(all);
      }
    }

    /** None can be made. */
    record None(String reason) implements Logins {}
  }

  private final String text;
  private final List<Piece> local;
  private final String domain;

  private LoginFormat(String text, List<Piece> local, String domain) {
    this.text = text;
    this.local = List.copyOf(local);
    this.domain = domain;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is not written as it has to be; the message says what
   *     is allowed
   */
  public static LoginFormat parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      throw wrong(text, "has no @");
    }
    String domain = text.substring(at + 1).strip().toLowerCase(Locale.ROOT);
    if (!DOMAIN.matcher(domain).matches()) {
      throw wrong(text, "has no domain behind the @");
    }
    List<Piece> pieces = new ArrayList<>();
    for (Part part :
        Brackets.split("the login format '" + text + "'", text.substring(0, at).strip())) {
      pieces.add(part.named() ? named(text, part.text()) : literal(text, part.text()));
    }
    if (pieces.stream().allMatch(piece -> piece instanceof Piece.Literal)) {
      throw wrong(text, "has nothing in brackets, so everybody's login would be the same");
    }
    if (text.contains("..") || text.startsWith(".") || text.charAt(at - 1) == '.') {
      throw wrong(text, "has a dot at an end, or two in a row");
    }
    return new LoginFormat(text.strip(), pieces, domain);
  }

  private static Piece literal(String format, String text) {
    if (!LITERAL.matcher(text).matches()) {
      throw wrong(format, "has '%s', which cannot stand in a login".formatted(text));
    }
    return new Piece.Literal(text);
  }

  private static Piece named(String format, String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "FIRST" -> new Piece.Name(Which.FIRST);
      case "MIDDLE" -> new Piece.Name(Which.MIDDLE);
      case "LAST" -> new Piece.Name(Which.LAST);
      default -> {
        if (!FIELD.matcher(name).matches()) {
          throw wrong(format, "has [%s]".formatted(name));
        }
        if (Origin.isNationalId(name)) {
          throw wrong(format, "has [%s], a national id, which is never shown".formatted(name));
        }
        yield new Piece.Field(name);
      }
    };
  }

  private static IllegalArgumentException wrong(String format, String why) {
    return new IllegalArgumentException(
        "the login format '%s' %s".formatted(format, why) + ALLOWED);
  }

  /** Whether a login made by it can be only one person's. */
  boolean identifies() {
    return local.stream()
        .anyMatch(piece -> piece instanceof Piece.Field(String field) && !NAMES.contains(field));
  }

  /**
   * The logins of a person.
   *
   * @param names which of the person's names stand in it
   */
  Logins logins(PersonFields person, NameKind names) {
    List<String> written = new ArrayList<>();
    Set<String> read = new LinkedHashSet<>();
    for (Piece piece : local) {
      if (piece instanceof Piece.Literal(String literal)) {
        written.add(literal);
        continue;
      }
      String field = field(piece, person, names);
      String value = person.text(field);
      if (value == null) {
        return new Logins.None("no login by %s: %s has no value".formatted(text, field));
      }
      Transliteration.Result latin = Transliteration.of(value);
      if (!latin.unknown().isEmpty()) {
        return new Logins.None(
            "no login by %s: there is no rule for %s in %s '%s'"
                .formatted(text, String.join(" ", latin.unknown()), field, value));
      }
      if (latin.text().isEmpty()) {
        return new Logins.None(
            "no login by %s: of %s '%s' nothing can stand in one".formatted(text, field, value));
      }
      read.add(field);
      written.add(latin.text());
    }
    Origin origin = new Origin(text, PersonFields.RECORD, String.join(" ", read), null);
    String plain = login(written);
    String unfit = unfit(plain);
    if (unfit != null) {
      return new Logins.None("no login by %s: %s".formatted(text, unfit));
    }
    List<Mapped> all = new ArrayList<>();
    all.add(new Mapped(new Value.Text(plain), origin, "login format"));
    if (!identifies()) {
      others(person, written)
          .forEach(other -> {
            if (unfit(other) == null) {
              all.add(
                  new Mapped(
                      new Value.Text(other),
                      origin,
                      "login format, because %s is another person's".formatted(plain)));
            }
          });
    }
    return new Logins.Candidates(all);
  }

  private List<String> others(PersonFields person, List<String> written) {
    List<String> others = new ArrayList<>();
    String initial = middleInitial(person);
    int first = indexOf(Which.FIRST);
    if (initial != null && first >= 0 && indexOf(Which.MIDDLE) < 0) {
      others.add(login(with(written, first, "." + initial)));
    }
    int last = 0;
    for (int i = 0; i < local.size(); i++) {
      last = local.get(i) instanceof Piece.Literal ? last : i;
    }
    for (int number = 2; number <= LAST_NUMBER; number++) {
      others.add(login(with(written, last, String.valueOf(number))));
    }
    return others;
  }

  private int indexOf(Which which) {
    return local.indexOf(new Piece.Name(which));
  }

  private static @Nullable String middleInitial(PersonFields person) {
    String middle = person.text(PersonFields.MIDDLE);
    if (middle == null) {
      return null;
    }
    Transliteration.Result latin = Transliteration.of(middle);
    return latin.unknown().isEmpty()
            && !latin.text().isEmpty()
            && Character.isLetter(latin.text().charAt(0))
        ? latin.text().substring(0, 1).toUpperCase(Locale.ROOT)
        : null;
  }

  private static List<String> with(List<String> written, int index, String more) {
    List<String> other = new ArrayList<>(written);
    other.set(index, other.get(index) + more);
    return other;
  }

  private String login(List<String> written) {
    return written.stream().collect(Collectors.joining()) + "@" + domain;
  }

  private static String field(Piece piece, PersonFields person, NameKind names) {
    return switch (piece) {
      case Piece.Literal(String literal) -> literal;
      case Piece.Field(String field) -> field;
      case Piece.Name(Which which) ->
          switch (which) {
            case FIRST -> names.first(person);
            case MIDDLE -> PersonFields.MIDDLE;
            case LAST -> names.last(person);
          };
    };
  }

  private static @Nullable String unfit(String login) {
    if (login.length() < SHORTEST || login.length() > LONGEST) {
      return "%s has %d characters; a login has %d to %d"
          .formatted(login, login.length(), SHORTEST, LONGEST);
    }
    return login.indexOf('@') > LONGEST_LOCAL
        ? "%s has more than %d characters before the @".formatted(login, LONGEST_LOCAL)
        : null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LoginFormat format && format.text.equals(text);
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
