package dev.rollcall.simulators.peoplesoft.message;

/** A field as FieldTypes announces it; key fields tell one row from another. */
record Field(String name, Type type, boolean key) {
  /** The types that occur in these records; the names are the ones on the wire. */
  enum Type {
    CHAR,
    DATE
  }

  static Field key(String name) {
    return new Field(name, Type.CHAR, true);
  }

  static Field keyDate(String name) {
    return new Field(name, Type.DATE, true);
  }

  static Field text(String name) {
    return new Field(name, Type.CHAR, false);
  }

  static Field date(String name) {
    return new Field(name, Type.DATE, false);
  }
}
