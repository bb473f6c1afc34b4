package dev.rollcall.simulators.peoplesoft.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One row of a record, its values in the order of the record's fields; blank is empty text. */
public record Row(RecordType type, List<String> values) {
  public Row {
    values = List.copyOf(values);
    if (values.size() != type.fields().size()) {
      throw new IllegalArgumentException(type + " does not have " + values.size() + " fields");
    }
  }

  static Row of(RecordType type, String... values) {
    return new Row(type, List.of(values));
  }

  /** The record and its key values. */
  List<String> key() {
    List<String> key = new ArrayList<>();
    key.add(type.name());
    for (int i = 0; i < values.size(); i++) {
      if (type.fields().get(i).key()) {
        key.add(values.get(i));
      }
    }
    return key;
  }

  Set<String> fieldsOtherThan(Row other) {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).equals(other.values.get(i))) {
        names.add(type.fields().get(i).name());
      }
    }
    return names;
  }

  Set<String> filledFields() {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isBlank()) {
        names.add(type.fields().get(i).name());
      }
    }
    return names;
  }
}
