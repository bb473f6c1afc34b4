package dev.rollcall.plan.identity;

/** Which of a person's names is meant. */
public enum NameKind {
  /** As in their papers: it does not change with what they want to be called. */
  LEGAL(PersonFields.FIRST, PersonFields.LAST),
  /** As they want to be called; where they said nothing, the legal one. */
  PREFERRED(PersonFields.PREFERRED_FIRST, PersonFields.PREFERRED_LAST);

  private final String firstName;
  private final String lastName;

  NameKind(String firstName, String lastName) {
    this.firstName = firstName;
    this.lastName = lastName;
  }

  /** The field of the first name. */
  String first(PersonFields person) {
    return person.text(firstName) == null ? PersonFields.FIRST : firstName;
  }

  /** The field of the last name. */
  String last(PersonFields person) {
    return person.text(lastName) == null ? PersonFields.LAST : lastName;
  }
}
