package dev.rollcall.simulators.peoplesoft.message;

import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/** How much of a person a message carries. */
@EnumNaming(LowerCamelCaseStrategy.class)
public enum Style {
  /** All rows of every record; unchanged ones have a blank action, which makes it an image. */
  IMAGE,
  /** Changed rows only: the receiver adds them to what it has. */
  CHANGED
}
