package dev.rollcall.simulators.peoplesoft.hr;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds for the holders of an identity type: the table of the source document. */
record IdentityType(
    String code,
    String loginFormat,
    List<String> emailTypes,
    boolean phone,
    String initialState,
    String group,
    int precedence) {

  static final String ACTIVE = "ACTIVE";

  static final String STUDENT = "STUDENT";

  /** The four of the source document, and contractors. Those who teach lead, students come last. */
  static final List<IdentityType> ALL =
      List.of(
          type("FACULTY", "[First].[Last]@univ.edu", "BUSN", true, "ACTIVE", "Faculty General", 10),
          type("STAFF", "[First].[Last]@univ.edu", "BUSN", true, "ACTIVE", "Staff General", 20),
          type(
              "ADJUNCT",
              "[First].[Last]-ADJ@univ.edu",
              "PERS",
              false,
              "STAGED",
              "Adjunct Pool",
              30),
          type(
              "CONTRACTOR",
              "[First].[Last]-CTR@univ.edu",
              "PERS",
              false,
              "STAGED",
              "Contractor Pool",
              40),
          type(
              STUDENT,
              "[EMPLID]@student.univ.edu",
              "HOME,PREF",
              false,
              "STAGED",
              "Student Cohort",
              50));

  private static IdentityType type(
      String code,
      String loginFormat,
      String emailTypes,
      boolean phone,
      String initialState,
      String group,
      int precedence) {
    return new IdentityType(
        code,
        loginFormat,
        List.of(emailTypes.split(",", -1)),
        phone,
        initialState,
        group,
        precedence);
  }

  static IdentityType of(String code) {
    return ALL.stream()
        .filter(type -> type.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no identity type " + code));
  }

  /** The one that decides for somebody who holds these; empty when they hold none. */
  static Optional<IdentityType> leading(Set<String> codes) {
    return ALL.stream()
        .filter(type -> codes.contains(type.code()))
        .min(Comparator.comparingInt(IdentityType::precedence));
  }

  /** Whether its holders are employed: then they have a job. */
  boolean employed() {
    return !code.equals(STUDENT);
  }
}
