package dev.rollcall.plan;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * How one attribute of an account gets its value.
 *
 * @param attribute the target's name for it, for example {@code first_name}; for a field of a child
 *     resource, the name of an {@link AffiliationField}
 * @param label the guide's name for it, for example {@code First Name}
 * @param decode where the value is read
 * @param earliest whether the row with the earliest date is read instead of the one in effect
 */
public record AttributeRule(String attribute, String label, Decode decode, boolean earliest) {
  public AttributeRule {
    Objects.requireNonNull(decode, "decode is null");
    if (attribute.isBlank() || label.isBlank()) {
      throw new IllegalArgumentException("An attribute rule needs an attribute and a label");
    }
    if (earliest && decode.effdt() == null) {
      throw new IllegalArgumentException("Only of effective-dated rows there is an earliest");
    }
  }

  /** A rule that reads the row in effect. */
  public AttributeRule(String attribute, String label, Decode decode) {
    this(attribute, label, decode, false);
  }

  /**
   * The rule as a configuration writes it.
   *
   * @throws IllegalArgumentException when the decode cannot be read; the message names the
   *     attribute, the element, what is wrong and what is allowed
   */
  public static AttributeRule of(String attribute, String label, String decode) {
    try {
      return new AttributeRule(attribute, label, Decode.parse(decode));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          attribute + " (" + label + "): " + wrong.getMessage(), wrong);
    }
  }

  /** The same rule, reading the record under the name its rows are kept under. */
  AttributeRule withRecord(UnaryOperator<String> canonical) {
    return new AttributeRule(attribute, label, decode.withRecord(canonical), earliest);
  }

  /** The rule as configured, the {@code rule} of an origin. */
  public String text() {
    return decode.text();
  }
}
