package dev.rollcall.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from.
 *
 * @param rule the mapping rule as configured, for example {@code
 *     FIRST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRI~EFFDT}
 * @param record the source record it was read from
 * @param field the field of that record
 * @param effdt the effective date of the row, null when the record is not dated
 */
public record Origin(String rule, String record, String field, @Nullable LocalDate effdt) {

  /** Whether it was read from a national id, which is never shown. */
  public boolean isNationalId() {
    return isNationalId(field);
  }

  /** Whether a field of the source holds a national id. */
  public static boolean isNationalId(String field) {
    return field.contains("NATIONAL_ID") || field.equals("SSN") || field.equals("NID");
  }
}
