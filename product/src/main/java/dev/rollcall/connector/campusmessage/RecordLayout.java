package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What tells the rows of a record apart. The names are facts of a site and version, not of the
 * protocol ({@code facts/peoplesoft.md §4.1}), so they are data, and all in this place.
 *
 * @param name the name its rows are kept under
 * @param keys the key below the person; none when a person has one row of it
 * @param lastKeyMoves whether the last part of the key tells rows apart only where the others
 *     repeat
 */
record RecordLayout(String name, List<String> keys, boolean lastKeyMoves) {
  /** The level-0 record, and the field in it that says who the message is about. */
  static final String PERSON = "SCC_CM_PERSON_I";

  static final String PRIMARY = "EMPLID";

  /** The record of a person's affiliations. */
  static final String AFFILIATION = "SCC_AFL_PERSON";

  private static final RecordLayout NAME =
      new RecordLayout("SCC_PER_NAME_I", List.of("NAME_TYPE", "EFFDT"));

  private static final Map<String, RecordLayout> KNOWN =
      Map.of(
          PERSON,
          new RecordLayout(PERSON, List.of()),
          "PERSON_SA",
          new RecordLayout("PERSON_SA", List.of()),
          "SCC_PER_NAME_I",
          NAME,
          // The same record in the full publication (facts/oim-campus-connector.md §5, traps).
          "SCC_PER_NAME_I2",
          NAME,
          "SCC_PER_EMAIL_I",
          new RecordLayout("SCC_PER_EMAIL_I", List.of("E_ADDR_TYPE")),
          "SCC_PER_PHONE_I",
          new RecordLayout("SCC_PER_PHONE_I", List.of("PHONE_TYPE")),
          AFFILIATION,
          new RecordLayout(AFFILIATION, List.of("INSTITUTION", "SCC_AFL_CODE", "START_DT"), true));

  RecordLayout(String name, List<String> keys) {
    this(name, keys, false);
  }

  /** The layout of a record; empty when its key is not known. */
  static Optional<RecordLayout> of(String record) {
    return Optional.ofNullable(KNOWN.get(record));
  }

  /** The names all known records are kept under. */
  static Set<String> canonicalNames() {
    return KNOWN.values().stream().map(RecordLayout::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The name a record's rows are kept under. */
  static String canonical(String record) {
    RecordLayout layout = KNOWN.get(record);
    return layout == null ? record : layout.name();
  }

  /** The key of a row; a missing part counts as blank. */
  List<String> keyOf(Map<String, Value> fields) {
    return keys.stream().map(key -> part(fields.get(key))).toList();
  }

  /** The fields of a row of which only the key is known. */
  Map<String, Value> fieldsOf(List<String> key) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      fields.put(keys.get(i), Value.of(key.get(i)));
    }
    return fields;
  }

  private static String part(@Nullable Value value) {
    String text = value == null ? null : value.textOrNull();
    return text == null ? "" : text;
  }
}
