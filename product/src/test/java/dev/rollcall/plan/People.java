package dev.rollcall.plan;

import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random people whose dates crowd around a window of {@link #DAYS} days, good rows and bad. */
final class People {

  static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  static final int DAYS = 400;

  private People() {}

  static Arbitrary<Facts> anybody() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Standing.ADDED)),
                Tuple.of(1, Arbitraries.just(Standing.NEVER_ADDED)),
                Tuple.of(1, Arbitraries.just(Standing.DELETED))),
            record(ids(), 1),
            record(names(), 5),
            record(emails(), 3),
            record(affiliations(), 5))
        .as((standing, ids, names, emails, affiliations) -> {
          Map<String, RecordFacts> records = new HashMap<>();
          ids.ifPresent(record -> records.put(Person.PERSON, record));
          names.ifPresent(record -> records.put(Person.NAME, record));
          emails.ifPresent(record -> records.put(Person.EMAIL, record));
          affiliations.ifPresent(record -> records.put(Person.AFFILIATION, record));
          return new Facts(Person.SUBJECT, standing, records);
        });
  }

  private static Arbitrary<Optional<RecordFacts>> record(Arbitrary<Row> rows, int most) {
    return Combinators.combine(Arbitraries.of(true, false), rows.list().ofMaxSize(most))
        .as(RecordFacts::new)
        .optional(0.9);
  }

  private static Arbitrary<Row> ids() {
    return row(Map.of("EMPLID", text("0000012345", "0000012345", "0000012345", " ")));
  }

  private static Arbitrary<Row> names() {
    return row(
        Map.of(
            "NAME_TYPE", text("PRI", "PRI", "PRF"),
            "EFFDT", dates(),
            "EFF_STATUS", text("A", "Active", "I", ""),
            "FIRST_NAME", text("Kevin", "Kev", ""),
            "LAST_NAME", text("Andersson", "Anderson")));
  }

  private static Arbitrary<Row> emails() {
    return row(
        Map.of(
            "E_ADDR_TYPE", text("CAMP", "HOME"),
            "EMAIL_ADDR", text("a@x.example", "b@x.example", " "),
            "PREF_EMAIL_FLAG", text("Y", "N", "")));
  }

  private static Arbitrary<Row> affiliations() {
    return row(
        Map.of(
            "INSTITUTION", text("PSUNV", "PSUNV", "PSUNV", "GLAKE", ""),
            "SCC_AFL_CODE", text("STUDENT", "STAFF"),
            "SCC_AFL_STATUS", text("A", "A", "active", "I", ""),
            "SCC_AFL_STS_DESCR", text("Active", "Inactive"),
            "START_DT", dates(),
            "END_DT", dates()));
  }

  /** A row with most of these fields; of a deleted one the type and the dates are kept as keys. */
  private static Arbitrary<Row> row(Map<String, Arbitrary<String>> fields) {
    Arbitrary<Map<String, Value>> values = Arbitraries.just(Map.of());
    for (var field : fields.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
      values =
          Combinators.combine(values, field.getValue().optional(0.95))
              .as((before, text) -> with(before, field.getKey(), text));
    }
    Arbitrary<Boolean> deleted = Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true));
    return Combinators.combine(values, Arbitraries.longs().between(1, 4), deleted).as(Row::new);
  }

  private static Map<String, Value> with(
      Map<String, Value> before, String field, Optional<String> text) {
    Map<String, Value> after = new HashMap<>(before);
    text.ifPresent(present -> after.put(field, Value.of(present)));
    return after;
  }

  private static Arbitrary<String> dates() {
    Arbitrary<String> days =
        Arbitraries.integers().between(-30, DAYS + 30).map(day -> FIRST.plusDays(day).toString());
    return Arbitraries.frequencyOf(
        Tuple.of(12, days),
        Tuple.of(3, text("", "2000-02-29", "9999-12-31")),
        Tuple.of(1, text("2026-02-30", "01.02.2026", "2026-2-1")));
  }

  private static Arbitrary<String> text(String... choices) {
    return Arbitraries.of(List.of(choices));
  }
}
