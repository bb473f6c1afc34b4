package dev.rollcall.connector.campusmessage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.campusmessage.SentRow.Action;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MergePropertiesTest {
  private static final String RECORD = "SCC_AFL_PERSON";
  private static final List<String> KEY = List.of("INSTITUTION", "SCC_AFL_CODE", "START_DT");

  @Provide
  Arbitrary<List<SentRow>> messages() {
    return rows(Arbitraries.of(RECORD, "PERSON_SA", "SITE_REC"), Arbitraries.of(Action.class));
  }

  @Provide
  Arbitrary<List<List<SentRow>>> changes() {
    return rows(
            Arbitraries.just(RECORD),
            Arbitraries.of(Action.ADD, Action.MERGE, Action.REMOVE, Action.ORIGINAL))
        .list()
        .ofMaxSize(6);
  }

  private static Arbitrary<List<SentRow>> rows(Arbitrary<String> record, Arbitrary<Action> action) {
    Arbitrary<Value> value = Arbitraries.of("", "a", "b").map(Value::of);
    Arbitrary<Map<String, Value>> fields =
        Arbitraries.maps(
            Arbitraries.of("INSTITUTION", "SCC_AFL_CODE", "START_DT", "END_DT", "SCC_AFL_STATUS"),
            value);
    return Combinators.combine(record, fields, action).as(SentRow::new).list().ofMaxSize(8);
  }

  @Property
  void mergingAnImageTwiceIsTheSameAsOnce(
      @ForAll("messages") List<SentRow> before, @ForAll("messages") List<SentRow> message) {
    Map<String, RecordFacts> known = new Merge(1, false).merge(Map.of(), before);
    List<SentRow> image =
        message.stream()
            .map(row -> new SentRow(row.record(), row.fields(), Action.CONTEXT))
            .toList();
    Map<String, RecordFacts> once = new Merge(2, false).merge(known, image);
    assertThat(new Merge(2, false).merge(once, image)).isEqualTo(once);
  }

  @Property
  void anImageOfARecordDoesNotDependOnWhatWasKnown(
      @ForAll("messages") List<SentRow> before, @ForAll("messages") List<SentRow> message) {
    List<SentRow> whole = new ArrayList<>(message);
    whole.add(new SentRow(RECORD, Map.of(), Action.CONTEXT));
    Map<String, RecordFacts> known = new Merge(1, false).merge(Map.of(), before);
    assertThat(new Merge(2, false).merge(known, whole).get(RECORD))
        .isEqualTo(new Merge(2, false).merge(Map.of(), whole).get(RECORD));
  }

  @Property
  void aRecordStaysCompleteAndItsRowsHaveDifferentKeys(
      @ForAll("messages") List<SentRow> before, @ForAll("messages") List<SentRow> message) {
    Map<String, RecordFacts> known = new Merge(1, false).merge(Map.of(), before);
    Map<String, RecordFacts> after = new Merge(2, false).merge(known, message);
    RecordLayout layout = RecordLayout.of(RECORD).orElseThrow();
    RecordFacts rows = after.getOrDefault(RECORD, new RecordFacts(false, List.of()));
    assertThat(rows.rows()).extracting(row -> layout.keyOf(row.fields())).doesNotHaveDuplicates();
    if (known.getOrDefault(RECORD, new RecordFacts(false, List.of())).complete()) {
      assertThat(rows.complete()).isTrue();
    }
    if (rows.complete()) {
      assertThat(rows.rows()).noneMatch(Row::deleted);
    }
  }

  @Property
  void changesEndInWhatAListOfRowsWouldSay(
      @ForAll("messages") List<SentRow> first, @ForAll("changes") List<List<SentRow>> changes) {
    endsInWhatAListOfRowsWouldSay(first, changes, false);
  }

  @Property
  void imagesThatKeepWhatTheyLackEndInWhatAListOfRowsWouldSay(
      @ForAll("messages") List<SentRow> first, @ForAll("anything") List<List<SentRow>> changes) {
    endsInWhatAListOfRowsWouldSay(first, changes, true);
  }

  @Provide
  Arbitrary<List<List<SentRow>>> anything() {
    return rows(Arbitraries.just(RECORD), Arbitraries.of(Action.class)).list().ofMaxSize(6);
  }

  private static void endsInWhatAListOfRowsWouldSay(
      List<SentRow> first, List<List<SentRow>> changes, boolean keepsAbsent) {
    Map<String, RecordFacts> merged = new Merge(1, false).merge(Map.of(), first);
    RecordFacts start = merged.getOrDefault(RECORD, new RecordFacts(false, List.of()));
    List<Row> naive = new ArrayList<>(start.rows());
    long version = 1;
    for (List<SentRow> change : changes) {
      version++;
      merged = new Merge(version, keepsAbsent).merge(merged, change);
      List<Row> before = List.copyOf(naive);
      boolean whole = change.stream().anyMatch(row -> row.action() == Action.CONTEXT);
      for (SentRow row : change) {
        apply(naive, row, about(before, change, row), version, start.complete(), whole);
      }
    }
    assertThat(merged.getOrDefault(RECORD, new RecordFacts(start.complete(), List.of())))
        .isEqualTo(new RecordFacts(start.complete(), naive));
  }

  /** The rules once more, on a plain list and by searching it. */
  private static void apply(
      List<Row> rows,
      SentRow sent,
      Predicate<Row> same,
      long version,
      boolean complete,
      boolean whole) {
    Row found = rows.stream().filter(same).findFirst().orElse(null);
    if (sent.action() == Action.ORIGINAL) {
      return;
    }
    Map<String, Value> fields = new HashMap<>();
    if (sent.action() == Action.REMOVE) {
      if (complete) {
        rows.removeIf(same);
        return;
      }
      KEY.forEach(field ->
          fields.put(field, Value.of(found == null ? text(sent, field) : text(found, field))));
      put(rows, new Row(fields, version, true));
      return;
    }
    if (found != null && !found.deleted()) {
      found
          .fields()
          .forEach((name, value) ->
              fields.put(name, whole && !KEY.contains(name) ? new Value.Cleared() : value));
    }
    fields.putAll(sent.fields());
    Row row = new Row(fields, version, false);
    if (found != null && !isSame(found, row)) {
      apply(
          rows,
          new SentRow(RECORD, found.fields(), Action.REMOVE),
          other -> isSame(other, found),
          version,
          complete,
          whole);
    }
    put(rows, row);
  }

  private static void put(List<Row> rows, Row row) {
    for (int i = 0; i < rows.size(); i++) {
      if (isSame(rows.get(i), row)) {
        rows.set(i, row);
        return;
      }
    }
    rows.add(row);
  }

  private static boolean isSame(Row one, Row other) {
    return KEY.stream().allMatch(field -> text(one, field).equals(text(other, field)));
  }

  /** Which row is meant: that of the key; else the only one of its institution and code. */
  private static Predicate<Row> about(List<Row> before, List<SentRow> change, SentRow sent) {
    Row own = new Row(sent.fields(), 0, false);
    boolean isNew = sent.action() == Action.ADD;
    boolean exact = sent.action() == Action.REMOVE && sent.fields().containsKey(KEY.getLast());
    if (isNew || exact || before.stream().anyMatch(row -> !row.deleted() && isSame(row, own))) {
      return row -> isSame(row, own);
    }
    List<Row> known =
        before.stream().filter(row -> !row.deleted() && isSameCode(row, own)).toList();
    long told =
        change.stream()
            .filter(row -> row.action() != Action.ORIGINAL)
            .filter(row -> isSameCode(new Row(row.fields(), 0, false), own))
            .count();
    Row meant = known.size() == 1 && told == 1 ? known.getFirst() : own;
    return row -> isSame(row, meant);
  }

  private static boolean isSameCode(Row one, Row other) {
    return KEY.subList(0, 2).stream()
        .allMatch(field -> text(one, field).equals(text(other, field)));
  }

  private static String text(Row row, String field) {
    return text(row.fields().getOrDefault(field, new Value.Cleared()));
  }

  private static String text(SentRow row, String field) {
    return text(row.fields().getOrDefault(field, new Value.Cleared()));
  }

  private static String text(Value value) {
    return value instanceof Value.Text(String text) ? text : "";
  }
}
