package dev.rollcall.plan;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The fields of an affiliation that a rule of the child resource can fill. A rule names one of them
 * as its attribute; its label and its source field are free.
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

  /**
   * The field of this name.
   *
   * @throws IllegalArgumentException when there is none; the message lists the names
   */
  static AffiliationField of(String attribute) {
    for (AffiliationField field : values()) {
      if (field.attribute.equals(attribute)) {
        return field;
      }
    }
    throw new IllegalArgumentException(
        "An affiliation has no field '%s'; one of %s"
            .formatted(
                attribute,
                Arrays.stream(values())
                    .map(AffiliationField::attribute)
                    .collect(Collectors.joining(", "))));
  }
}
