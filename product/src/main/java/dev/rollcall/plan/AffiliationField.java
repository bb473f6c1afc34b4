package dev.rollcall.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * The fields that every affiliation has. A rule of the child resource that names none of them as
 * its attribute adds one of its own, kept in {@code Affiliation.more}.
 */
public enum AffiliationField {
  INSTITUTION("institution"),
  CODE("code"),
  STATUS("status"),
  DESCRIPTION("description"),
  FROM("from"),
  TO("to");

  private final String attribute;

  AffiliationField(String attribute) {
    this.attribute = attribute;
  }

  /** Its name in a mapping. */
  public String attribute() {
    return attribute;
  }

  /** The field of this name; empty for what else is mapped. */
  static Optional<AffiliationField> of(String attribute) {
    return Arrays.stream(values()).filter(field -> field.attribute.equals(attribute)).findFirst();
  }
}
