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
            Arbitraries.just(RECORD), Arbitraries.of(Action.MERGE, Action.REMOVE, Action.ORIGINAL))
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
    Map<String, RecordFacts> known = new Merge(1).merge(Map.of(), before);
    List<SentRow> image =
        message.stream()
            .map(row -> new SentRow(row.record(), row.fields(), Action.CONTEXT))
            .toList();
    Map<String, RecordFacts> once = new Merge(2).merge(known, image);
    assertThat(new Merge(2).merge(once, image)).isEqualTo(once);
  }

  @Property
  void anImageOfARecordDoesNotDependOnWhatWasKnown(
      @ForAll("messages") List<SentRow> before, @ForAll("messages") List<SentRow> message) {
    List<SentRow> whole = new ArrayList<>(message);
    whole.add(new SentRow(RECORD, Map.of(), Action.CONTEXT));
    Map<String, RecordFacts> known = new Merge(1).merge(Map.of(), before);
    assertThat(new Merge(2).merge(known, whole).get(RECORD))
        .isEqualTo(new Merge(2).merge(Map.of(), whole).get(RECORD));
  }

  @Property
  void aRecordStaysCompleteAndItsRowsHaveDifferentKeys(
      @ForAll("messages") List<SentRow> before, @ForAll("messages") List<SentRow> message) {
    Map<String, RecordFacts> known = new Merge(1).merge(Map.of(), before);
    Map<String, RecordFacts> after = new Merge(2).merge(known, message);
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
    Map<String, RecordFacts> merged = new Merge(1).merge(Map.of(), first);
    RecordFacts start = merged.getOrDefault(RECORD, new RecordFacts(false, List.of()));
    List<Row> naive = new ArrayList<>(start.rows());
    long version = 1;
    for (List<SentRow> change : changes) {
      version++;
      merged = new Merge(version).merge(merged, change);
      for (SentRow row : change) {
        apply(naive, row, version, start.complete());
      }
    }
    assertThat(merged.getOrDefault(RECORD, new RecordFacts(start.complete(), List.of())))
        .isEqualTo(new RecordFacts(start.complete(), naive));
  }

  /** The rules once more, on a plain list and by searching it. */
  private static void apply(List<Row> rows, SentRow sent, long version, boolean complete) {
    Predicate<Row> same = row -> KEY.stream().allMatch(f -> text(row, f).equals(text(sent, f)));
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
      KEY.forEach(field -> fields.put(field, Value.of(text(sent, field))));
    } else {
      if (found != null && !found.deleted()) {
        fields.putAll(found.fields());
      }
      fields.putAll(sent.fields());
    }
    Row row = new Row(fields, version, sent.action() == Action.REMOVE);
    if (found == null) {
      rows.add(row);
    } else {
      rows.set(rows.indexOf(found), row);
    }
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
