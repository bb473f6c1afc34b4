package dev.rollcall.simulators.peoplesoft.population;

/** A phone row; not effective-dated, at most one per type. */
public record Phone(String type, String number, boolean preferred) {
  public Phone {
    Blank.refuse(type, "type");
    number = Blank.or(number, "");
  }
}
