package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a person's facts the way a test can be read: {@code row("NAME_TYPE=PRI", "EFFDT=…")}. */
final class Person {

  static final SubjectKey SUBJECT = new SubjectKey("campus", "0000012345");
  static final LocalDate TODAY = LocalDate.parse("2026-03-10");
  static final String PERSON = "SCC_CM_PERSON_I";
  static final String NAME = "SCC_PER_NAME_I";
  static final String EMAIL = "SCC_PER_EMAIL_I";
  static final String AFFILIATION = "SCC_AFL_PERSON";

  private final Standing standing;
  private final Map<String, RecordFacts> records = new HashMap<>();

  private Person(Standing standing) {
    this.standing = standing;
  }

  /** Added by the source, with nothing but an EMPLID. */
  static Person added() {
    return with(Standing.ADDED);
  }

  static Person with(Standing standing) {
    return new Person(standing).complete(PERSON, row("EMPLID=0000012345"));
  }

  static Person withoutId() {
    return new Person(Standing.ADDED);
  }

  Person complete(String record, Row... rows) {
    records.put(record, new RecordFacts(true, List.of(rows)));
    return this;
  }

  Person partial(String record, Row... rows) {
    records.put(record, new RecordFacts(false, List.of(rows)));
    return this;
  }

  Person record(String name, RecordFacts rows) {
    records.put(name, rows);
    return this;
  }

  Facts facts() {
    return new Facts(SUBJECT, standing, records);
  }

  /** A live row; an empty text is a field known to be empty. */
  static Row row(String... fields) {
    return new Row(fields(fields), 1, false);
  }

  /** A live row that a later message touched. */
  static Row rowOf(long version, String... fields) {
    return new Row(fields(fields), version, false);
  }

  /** The trace of a deleted row. */
  static Row trace(String... keys) {
    return new Row(fields(keys), 1, true);
  }

  private static Map<String, Value> fields(String... fields) {
    Map<String, Value> values = new HashMap<>();
    for (String field : fields) {
      int equals = field.indexOf('=');
      values.put(field.substring(0, equals), Value.of(field.substring(equals + 1)));
    }
    return values;
  }

  static Row affiliation(String institution, String code, String status, String from, String to) {
    return row(
        "EMPLID=0000012345",
        "INSTITUTION=" + institution,
        "SCC_AFL_CODE=" + code,
        "SCC_AFL_STATUS=" + status,
        "SCC_AFL_STS_DESCR=" + (status.equals("A") ? "Active" : "Inactive"),
        "START_DT=" + from,
        "END_DT=" + to);
  }

  static HeldAffiliation held(
      String code, String status, @Nullable String from, @Nullable String to, boolean enabled) {
    return new HeldAffiliation(
        new Affiliation(
            "PSUNV",
            code,
            status,
            status.equals("A") ? "Active" : "Inactive",
            from == null ? null : LocalDate.parse(from),
            to == null ? null : LocalDate.parse(to)),
        enabled);
  }

  static Account account(Account.Status status, Map<String, String> attributes) {
    return account(status, attributes, List.of());
  }

  /** In the groups that go with its affiliations. */
  static Account account(
      Account.Status status, Map<String, String> attributes, List<HeldAffiliation> affiliations) {
    Map<String, Value> values = new HashMap<>();
    attributes.forEach((name, text) -> values.put(name, Value.of(text)));
    Set<String> groups =
        affiliations.stream()
            .filter(held -> held.enabled() && status == Account.Status.ENABLED)
            .map(held -> held.affiliation().code())
            .collect(Collectors.toSet());
    return new Account("17", status, values, groups, new ArrayList<>(affiliations));
  }

  /** A student with a name: what most people are. */
  static Person kevin() {
    return added()
        .complete(NAME, kevinsName("2024-02-01", "Kevin"))
        .complete(AFFILIATION, affiliation("PSUNV", "STUDENT", "A", "2020-09-01", "2030-06-30"));
  }

  /** The account that {@link #kevin} should have. */
  static Account kevinsAccount() {
    return account(
        Account.Status.ENABLED,
        Map.of(
            "login", "0000012345",
            "first_name", "Kevin",
            "last_name", "Andersson",
            "start_date", "2024-02-01"),
        List.of(held("STUDENT", "A", "2020-09-01", "2030-06-30", true)));
  }

  /** A primary name row of Kevin Andersson. */
  static Row kevinsName(String effdt, String first) {
    return row("NAME_TYPE=PRI", "EFFDT=" + effdt, "FIRST_NAME=" + first, "LAST_NAME=Andersson");
  }
}
