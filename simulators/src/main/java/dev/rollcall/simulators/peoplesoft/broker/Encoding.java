package dev.rollcall.simulators.peoplesoft.broker;

import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/** How a body is packed on the wire. */
@EnumNaming(LowerCamelCaseStrategy.class)
public enum Encoding {
  NONE,
  GZIP,
  DEFLATE
}
