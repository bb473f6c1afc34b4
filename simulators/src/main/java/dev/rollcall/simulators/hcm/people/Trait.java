package dev.rollcall.simulators.hcm.people;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * What makes people other than the plain employee, and how many of them there usually are. The
 * first ones say how somebody is related to the employer, of which each person has one; the others
 * are drawn each for itself.
 */
@EnumNaming(LowerCamelCaseStrategy.class)
public enum Trait {
  /** Type C, which the resource of employees does not know. */
  CONTINGENT(0.03, true),
  /** Type P: entered, no account yet. */
  PENDING(0.01, true),
  /** Begins within the next 30 days. */
  FUTURE_HIRE(0.02, true),
  /** Its last day is entered and lies ahead. */
  FUTURE_TERMINATION(0.02, true),
  /** Left within the last days ({@code within}, 10). */
  RECENT_LEAVER(0.02, true),
  /** Left years ago. */
  LONG_GONE(0.04, true),
  /** Left once and came back. */
  REHIRED(0.02, true),
  /** At work for two legal employers at once. */
  SECOND_RELATIONSHIP(0.015, true),
  /** Went over to another legal employer. */
  TRANSFERRED(0.01, true),
  /** No e-mail address at all. */
  NO_EMAIL(0.015, false),
  /** A home address, and an ended work address, beside the work e-mail address. */
  SEVERAL_EMAILS(0.05, false),
  /** Two work e-mail addresses at once. */
  TWO_WORK_EMAILS(0.005, false),
  /** The work e-mail address of somebody else. */
  SHARED_EMAIL(0.003, false),
  /** Several phones; others have a work mobile or none. */
  SEVERAL_PHONES(0.1, false),
  /** A second citizenship: for most, the other one has ended. */
  TWO_CITIZENSHIPS(0.02, false),
  /** A name with characters of four bytes. */
  FOUR_BYTES(0.01, false),
  /** Nothing that can be left out is there. */
  SPARSE(0.02, false),
  /** At a location that there is not. */
  UNKNOWN_LOCATION(0.003, false),
  /** A later row of the assignment, which began after the hire. */
  MOVED(0.15, false),
  /** Another last name from a day ahead. */
  FUTURE_NAME(0.005, false);

  private final double share;
  private final boolean relation;

  Trait(double share, boolean relation) {
    this.share = share;
    this.relation = relation;
  }

  /** Whether it says how somebody is related to the employer. */
  boolean relation() {
    return relation;
  }

  /** The usual shares, as fractions. */
  public static Map<Trait, Double> usual() {
    Map<Trait, Double> mix = new EnumMap<>(Trait.class);
    for (Trait one : values()) {
      mix.put(one, one.share);
    }
    return Collections.unmodifiableMap(mix);
  }

  static List<Trait> relations() {
    return Arrays.stream(values()).filter(Trait::relation).toList();
  }
}
