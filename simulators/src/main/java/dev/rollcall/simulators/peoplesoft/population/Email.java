package dev.rollcall.simulators.peoplesoft.population;

/** An e-mail row; not effective-dated, at most one per type. */
public record Email(String type, String address, boolean preferred) {
  public Email {
    Blank.refuse(type, "type");
    address = Blank.or(address, "");
  }
}
