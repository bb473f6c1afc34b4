package dev.rollcall.plan.identity;

import dev.rollcall.model.Facts;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Mapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person's facts come to by the settings, whatever account they have.
 *
 * @param held their identity types
 * @param logins what their login could be, the best first; empty when none can be made
 * @param noLogin why there is none; null when there is
 * @param attributes all others, in the order of the settings with the e-mail address first
 * @param remarks what in the facts could not be used as it is
 */
record Thought(
    PersonFields person,
    HeldTypes held,
    List<Mapped> logins,
    @Nullable String noLogin,
    Map<String, Mapped> attributes,
    List<String> remarks) {

  /** Deliberately wide: what it refuses no mail server takes either. */
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@\"(),:;<>\\[\\]\\\\]+@[^\\s@.,:;()<>]+(\\.[^\\s@.,:;()<>]+)*");

  private static final int SHORTEST_ADDRESS = 5;
  private static final int LONGEST_ADDRESS = 100;

  static Thought of(Facts facts, PersonFields row, IdentitySettings settings) {
    HeldTypes held = HeldTypes.of(facts, row, settings);
    IdentityType leading = held.leading();
    PersonFields person =
        leading == null ? row : row.with(Template.IDENTITY_TYPE, new Value.Text(leading.code()));
    List<String> remarks = new ArrayList<>(held.remarks());
    Map<String, Mapped> attributes = new LinkedHashMap<>();
    if (leading != null) {
      Mapped email = email(person, leading, remarks);
      if (email != null) {
        attributes.put(IdentitySettings.EMAIL, email);
      }
    }
    settings
        .attributes()
        .forEach((attribute, template) -> {
          boolean phone = template.fields().contains(PersonFields.PHONE);
          Mapped mapped =
              phone && (leading == null || !leading.syncPhone()) ? null : template.map(person);
          if (mapped != null) {
            attributes.put(
                attribute,
                attribute.equals(settings.correlation())
                    ? mapped
                    : Fitting.fit(attribute, mapped, settings.longest().get(attribute), remarks));
          }
        });
    LoginFormat.Logins logins =
        leading == null
            ? new LoginFormat.Logins.None(held.why())
            : leading.loginFormat().logins(person, settings.loginNames());
    return switch (logins) {
      case LoginFormat.Logins.Candidates(List<Mapped> all) ->
          new Thought(person, held, all, null, attributes, remarks);
      case LoginFormat.Logins.None(String why) -> {
        if (leading != null) {
          remarks.add(why);
        }
        yield new Thought(person, held, List.of(), why, attributes, remarks);
      }
    };
  }

  /** The first of the type's addresses that is there and is one. */
  private static @Nullable Mapped email(
      PersonFields person, IdentityType type, List<String> remarks) {
    String rule = "e-mail of %s: %s".formatted(type.code(), String.join(", ", type.emailTypes()));
    boolean unknown = false;
    String last = "";
    for (String kind : type.emailTypes()) {
      String field = PersonFields.EMAIL + kind;
      Value value = person.get(field);
      last = field;
      if (value instanceof Value.Text(String text)) {
        if (isAddress(text)) {
          return new Mapped(value, origin(rule, field), "as the source has it");
        }
        remarks.add("%s '%s' is not an e-mail address that Okta takes".formatted(field, text));
      }
      unknown |= value == null;
    }
    return unknown
        ? null
        : new Mapped(new Value.Cleared(), origin(rule, last), "the source has none");
  }

  private static Origin origin(String rule, String field) {
    return new Origin(rule, PersonFields.RECORD, field, null);
  }

  private static boolean isAddress(String text) {
    return text.length() >= SHORTEST_ADDRESS
        && text.length() <= LONGEST_ADDRESS
        && Fitting.isKept(text)
        && ADDRESS.matcher(text).matches();
  }

  /** The text of an attribute; null when it has none or nothing is known of it. */
  @Nullable String text(String attribute) {
    Mapped mapped = attributes.get(attribute);
    return mapped == null ? null : mapped.value().textOrNull();
  }
}
