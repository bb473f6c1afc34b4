package dev.rollcall.plan;

import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules once more, as slowly and plainly as they can be said and sharing no line with the room:
 * what the state of a person is on a day. Cleared is written as an empty text.
 */
final class NaiveEvaluator {

  private final Facts facts;
  private final LocalDate today;

  private final Counting counting;

  NaiveEvaluator(Facts facts, LocalDate today) {
    this(facts, today, Counting.usual());
  }

  NaiveEvaluator(Facts facts, LocalDate today, Counting counting) {
    this.facts = facts;
    this.today = today;
    this.counting = counting;
  }

  /** The codes of the affiliations that count; none for the deleted. */
  Set<String> roles() {
    Set<String> roles = new TreeSet<>();
    affiliations()
        .forEach((key, counts) -> {
          if (counts && facts.standing() != Facts.Standing.DELETED) {
            roles.add(key.split(" ", -1)[1]);
          }
        });
    return roles;
  }

  Map<String, String> attributes() {
    Map<String, String> state = new TreeMap<>();
    undated("SCC_CM_PERSON_I", "EMPLID").ifPresent(value -> state.put("login", value));
    dated("PRI", "FIRST_NAME").ifPresent(value -> state.put("first_name", value));
    dated("PRI", "LAST_NAME").ifPresent(value -> state.put("last_name", value));
    dated(null, "EFFDT").ifPresent(value -> state.put("start_date", value));
    undated("SCC_PER_EMAIL_I", "EMAIL_ADDR").ifPresent(value -> state.put("email", value));
    undated("SCC_PER_PHONE_I", "PHONE").ifPresent(value -> state.put("phone", value));
    undated("PERSON_SA", "CAMPUS_ID").ifPresent(value -> state.put("campus_id", value));
    return state;
  }

  /** Enabled or not, by institution, code and first day; a first day nobody can read is "". */
  Map<String, Boolean> affiliations() {
    Map<String, Boolean> state = new TreeMap<>();
    Map<String, Boolean> unreadable = new TreeMap<>();
    for (Row row : live("SCC_AFL_PERSON")) {
      String institution = text(row, "INSTITUTION");
      String code = text(row, "SCC_AFL_CODE");
      String from = text(row, "START_DT");
      if (!institution.isEmpty() && !code.isEmpty()) {
        boolean bad = !from.isEmpty() && date(from).isEmpty();
        (bad ? unreadable : state)
            .put(institution + " " + code + " " + (bad ? "" : from), !bad && counts(row));
      }
    }
    unreadable.forEach(state::putIfAbsent);
    return state;
  }

  private boolean counts(Row row) {
    String to = text(row, "END_DT");
    String from = text(row, "START_DT");
    boolean started =
        from.isEmpty() ? counting.blankStarted() : !date(from).orElseThrow().isAfter(today);
    boolean unfinished =
        to.isEmpty()
            ? counting.blankOpen()
            : date(to).filter(last -> !last.isBefore(today)).isPresent();
    return counting.active().contains(text(row, "SCC_AFL_STATUS").toLowerCase(Locale.ROOT))
        && started
        && unfinished;
  }

  private Optional<String> dated(@Nullable String type, String field) {
    String record = "SCC_PER_NAME_I";
    List<Row> ofType =
        rows(record).stream()
            .filter(row -> type == null || text(row, "NAME_TYPE").equals(type))
            .toList();
    Optional<Row> current =
        ofType.stream()
            .filter(
                row -> !row.deleted() && effdt(row).filter(day -> !day.isAfter(today)).isPresent())
            .reduce((one, next) ->
                effdt(next).orElseThrow().isBefore(effdt(one).orElseThrow()) ? one : next);
    if (current.isPresent()) {
      String status = text(current.get(), "EFF_STATUS");
      boolean active = status.isEmpty() || status.equals("A") || status.equals("Active");
      return active ? field(record, current.get(), field) : Optional.of("");
    }
    if (ofType.stream().anyMatch(row -> !row.deleted() && effdt(row).isEmpty())) {
      return Optional.empty();
    }
    boolean trace =
        ofType.stream()
            .anyMatch(
                row -> row.deleted() && effdt(row).filter(day -> day.isAfter(today)).isEmpty());
    return complete(record) || trace ? Optional.of("") : Optional.empty();
  }

  private Optional<String> undated(String record, String field) {
    List<Row> live = live(record);
    Optional<Row> chosen =
        live.stream()
            .filter(row -> text(row, "PREF_EMAIL_FLAG").equals("Y"))
            .sorted(Comparator.comparingLong((Row row) -> -row.version()))
            .findFirst()
            .or(() -> live.stream().findFirst());
    if (chosen.isPresent()) {
      return field(record, chosen.get(), field);
    }
    return complete(record) || !rows(record).isEmpty() ? Optional.of("") : Optional.empty();
  }

  private Optional<String> field(String record, Row row, String field) {
    return row.fields().containsKey(field) || complete(record)
        ? Optional.of(text(row, field))
        : Optional.empty();
  }

  private List<Row> rows(String record) {
    RecordFacts known = facts.record(record);
    return known == null ? List.of() : known.rows();
  }

  private List<Row> live(String record) {
    return rows(record).stream().filter(row -> !row.deleted()).toList();
  }

  private boolean complete(String record) {
    RecordFacts known = facts.record(record);
    return known != null && known.complete();
  }

  private static Optional<LocalDate> effdt(Row row) {
    return date(text(row, "EFFDT"));
  }

  private static String text(Row row, String field) {
    Value value = row.fields().get(field);
    String text = value == null ? null : value.textOrNull();
    return text == null ? "" : text;
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }
}
