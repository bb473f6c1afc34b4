package dev.rollcall.model;

import java.util.Map;

/**
 * One row of one record of a person, as the source last told it.
 *
 * @param fields what is known of it, by field name
 * @param version ascending with every message that touched the row, so that of two rows the one
 *     told last can be preferred
 * @param deleted the source removed the row; only its key fields are kept, as a trace that it is
 *     known to be gone
 */
public record Row(Map<String, Value> fields, long version, boolean deleted) {
  public Row {
    fields = Map.copyOf(fields);
  }
}
