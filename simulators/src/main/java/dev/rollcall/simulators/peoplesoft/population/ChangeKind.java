package dev.rollcall.simulators.peoplesoft.population;

import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/** What a registrar's office does to a person, and how often among a hundred changes. */
@EnumNaming(LowerCamelCaseStrategy.class)
public enum ChangeKind {
  NAME_TODAY(14),
  NAME_FUTURE(8),
  NAME_FIXED(5),
  NAME_REDATED(7),
  NAME_INACTIVATED(2),
  EMAIL_CHANGED(10),
  EMAIL_ADDED(7),
  EMAIL_REMOVED(6),
  PHONE_CHANGED(6),
  PHONE_BLANKED(5),
  AFFILIATION_ADDED(10),
  AFFILIATION_ENDED(6),
  AFFILIATION_INACTIVATED(4),
  AFFILIATION_REMOVED(3),
  CAMPUS_ID_SET(4),
  CAMPUS_ID_CLEARED(2),
  DELETED(1);

  private final int weight;

  ChangeKind(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}
