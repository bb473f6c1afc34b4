package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Sync.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.campusmessage.SentRow.Action;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static final String MAIL = "SCC_PER_EMAIL_I";
  private static final String AFFILIATION = "SCC_AFL_PERSON";

  private static SentRow mail(Action action, String type, String... namesAndValues) {
    return row(MAIL, action, "E_ADDR_TYPE", type, namesAndValues);
  }

  private static SentRow row(
      String record, Action action, String key, String value, String... namesAndValues) {
    Map<String, Value> fields = fields(namesAndValues);
    fields.put(key, Value.of(value));
    return new SentRow(record, fields, action);
  }

  private static Map<String, RecordFacts> merge(
      Map<String, RecordFacts> known, long version, SentRow... rows) {
    return new Merge(version, false).merge(known, List.of(rows));
  }

  private static List<Row> rows(Map<String, RecordFacts> facts, String record) {
    return Objects.requireNonNull(facts.get(record)).rows();
  }

  private static Row stored(long version, String... namesAndValues) {
    return new Row(fields(namesAndValues), version, false);
  }

  private static Row trace(long version, String... namesAndValues) {
    return new Row(fields(namesAndValues), version, true);
  }

  private static Map<String, RecordFacts> image(long version, SentRow... rows) {
    return merge(Map.of(), version, rows);
  }

  @Test
  void aRecordSentWithAnUnchangedRowIsAnImage() {
    var facts =
        image(
            1,
            mail(Action.CONTEXT, "CAMP", "EMAIL_ADDR", "a@x"),
            mail(Action.MERGE, "HOME", "EMAIL_ADDR", "b@x"));
    assertThat(facts.get(MAIL))
        .isEqualTo(
            new RecordFacts(
                true,
                List.of(
                    stored(1, "E_ADDR_TYPE", "CAMP", "EMAIL_ADDR", "a@x"),
                    stored(1, "E_ADDR_TYPE", "HOME", "EMAIL_ADDR", "b@x"))));
  }

  @Test
  void anImageReplacesRowsAndForgetsThoseItLacks() {
    var before =
        image(
            1,
            mail(Action.CONTEXT, "CAMP", "EMAIL_ADDR", "a@x", "PREF_EMAIL_FLAG", "Y"),
            mail(Action.CONTEXT, "HOME"));
    var after =
        merge(
            before,
            2,
            mail(Action.CONTEXT, "BUSN"),
            mail(Action.MERGE, "CAMP", "EMAIL_ADDR", "n@x"));
    assertThat(after.get(MAIL))
        .isEqualTo(
            new RecordFacts(
                true,
                List.of(
                    stored(2, "E_ADDR_TYPE", "BUSN"),
                    stored(2, "E_ADDR_TYPE", "CAMP", "EMAIL_ADDR", "n@x"))));
  }

  @Test
  void deletedOldAndOriginalRowsAreNoPartOfAnImage() {
    var facts =
        image(
            1,
            mail(Action.CONTEXT, "CAMP"),
            mail(Action.REMOVE, "HOME"),
            mail(Action.ORIGINAL, "BUSN"));
    assertThat(facts.get(MAIL))
        .isEqualTo(new RecordFacts(true, List.of(stored(1, "E_ADDR_TYPE", "CAMP"))));
  }

  @Test
  void ofTwoRowsWithOneKeyInAnImageTheLaterCounts() {
    var facts =
        image(
            1,
            mail(Action.CONTEXT, "CAMP", "EMAIL_ADDR", "old"),
            mail(Action.CONTEXT, "HOME"),
            mail(Action.MERGE, "CAMP", "PREF_EMAIL_FLAG", "Y"));
    assertThat(facts.get(MAIL))
        .isEqualTo(
            new RecordFacts(
                true,
                List.of(
                    stored(1, "E_ADDR_TYPE", "CAMP", "PREF_EMAIL_FLAG", "Y"),
                    stored(1, "E_ADDR_TYPE", "HOME"))));
  }

  @Test
  void changedRowsAloneMergeFieldByFieldAndKeepTheirPlace() {
    var before =
        image(
            1,
            mail(Action.CONTEXT, "CAMP", "EMAIL_ADDR", "a@x", "PREF_EMAIL_FLAG", "Y"),
            mail(Action.CONTEXT, "HOME"));
    var after =
        merge(
            before,
            2,
            mail(Action.MERGE, "BUSN"),
            mail(Action.MERGE, "CAMP", "PREF_EMAIL_FLAG", ""));
    assertThat(after.get(MAIL))
        .isEqualTo(
            new RecordFacts(
                true,
                List.of(
                    stored(2, "E_ADDR_TYPE", "CAMP", "EMAIL_ADDR", "a@x", "PREF_EMAIL_FLAG", ""),
                    stored(1, "E_ADDR_TYPE", "HOME"),
                    stored(2, "E_ADDR_TYPE", "BUSN"))));
  }

  @Test
  void changedRowsAloneNeverMakeARecordComplete() {
    var facts = image(1, mail(Action.MERGE, "CAMP"));
    assertThat(facts.get(MAIL))
        .isEqualTo(new RecordFacts(false, List.of(stored(1, "E_ADDR_TYPE", "CAMP"))));
  }

  @Test
  void aBlankValueIsKnownToBeEmptyAndAnAbsentOneIsLeftAlone() {
    var before = image(1, mail(Action.MERGE, "CAMP", "EMAIL_ADDR", "a@x", "NOTE", "n"));
    var after = merge(before, 2, mail(Action.MERGE, "CAMP", "EMAIL_ADDR", " "));
    assertThat(rows(after, MAIL).getFirst().fields())
        .containsEntry("EMAIL_ADDR", new Value.Cleared())
        .containsEntry("NOTE", new Value.Text("n"));
  }

  @Test
  void aRowDeletedFromACompleteRecordIsGone() {
    var before = image(1, mail(Action.CONTEXT, "CAMP"), mail(Action.CONTEXT, "HOME"));
    var after = merge(before, 2, mail(Action.REMOVE, "CAMP", "EMAIL_ADDR", "a@x"));
    assertThat(after.get(MAIL))
        .isEqualTo(new RecordFacts(true, List.of(stored(1, "E_ADDR_TYPE", "HOME"))));
  }

  @Test
  void aRowDeletedFromAnIncompleteRecordLeavesATraceOfItsKey() {
    var before =
        image(
            1,
            mail(Action.MERGE, "CAMP", "EMAIL_ADDR", "a@x"),
            mail(Action.MERGE, "HOME", "EMAIL_ADDR", "b@x"));
    var after =
        merge(
            before,
            2,
            mail(Action.REMOVE, "CAMP", "EMAIL_ADDR", "a@x"),
            mail(Action.REMOVE, "NEVER"));
    assertThat(after.get(MAIL))
        .isEqualTo(
            new RecordFacts(
                false,
                List.of(
                    trace(2, "E_ADDR_TYPE", "CAMP"),
                    stored(1, "E_ADDR_TYPE", "HOME", "EMAIL_ADDR", "b@x"),
                    trace(2, "E_ADDR_TYPE", "NEVER"))));
  }

  @Test
  void aLaterRowReplacesTheTraceAndBringsNothingBack() {
    var before = image(1, mail(Action.MERGE, "CAMP", "EMAIL_ADDR", "a@x", "NOTE", "n"));
    var gone = merge(before, 2, mail(Action.REMOVE, "CAMP"));
    var back = merge(gone, 3, mail(Action.MERGE, "CAMP", "EMAIL_ADDR", "b@x"));
    assertThat(back.get(MAIL))
        .isEqualTo(
            new RecordFacts(false, List.of(stored(3, "E_ADDR_TYPE", "CAMP", "EMAIL_ADDR", "b@x"))));
  }

  @Test
  void anImageLeavesNoTraces() {
    var before = image(1, mail(Action.REMOVE, "CAMP"));
    var after = merge(before, 2, mail(Action.CONTEXT, "HOME"));
    assertThat(after.get(MAIL))
        .isEqualTo(new RecordFacts(true, List.of(stored(2, "E_ADDR_TYPE", "HOME"))));
  }

  @Test
  void aKeyChangeIsItsOldRowGoneAndItsNewRowLast() {
    var before =
        image(
            1,
            mail(Action.CONTEXT, "CAMP", "EMAIL_ADDR", "a@x"),
            mail(Action.CONTEXT, "HOME", "EMAIL_ADDR", "h@x"));
    var after =
        merge(
            before,
            2,
            mail(Action.REMOVE, "CAMP", "EMAIL_ADDR", "a@x"), // K
            mail(Action.MERGE, "WORK", "EMAIL_ADDR", "a@x")); // N
    assertThat(after.get(MAIL))
        .isEqualTo(
            new RecordFacts(
                true,
                List.of(
                    stored(1, "E_ADDR_TYPE", "HOME", "EMAIL_ADDR", "h@x"),
                    stored(2, "E_ADDR_TYPE", "WORK", "EMAIL_ADDR", "a@x"))));
  }

  @Test
  void originalRowsAreIgnored() {
    var before = image(1, mail(Action.MERGE, "CAMP", "EMAIL_ADDR", "a@x"));
    var after =
        merge(
            before,
            2,
            mail(Action.ORIGINAL, "CAMP", "EMAIL_ADDR", "older@x"),
            mail(Action.ORIGINAL, "HOME"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void theNameRecordOfTheFullPublicationIsTheSameRecord() {
    var before =
        image(1, row("SCC_PER_NAME_I2", Action.CONTEXT, "NAME_TYPE", "PRI", "EFFDT", "2013-08-20"));
    var after =
        merge(
            before,
            2,
            row(
                "SCC_PER_NAME_I",
                Action.MERGE,
                "NAME_TYPE",
                "PRI",
                "EFFDT",
                "2013-08-20",
                "LAST_NAME",
                "New"),
            row("SCC_PER_NAME_I", Action.MERGE, "NAME_TYPE", "PRI", "EFFDT", "2024-02-01"));
    assertThat(after).containsOnlyKeys("SCC_PER_NAME_I");
    assertThat(after.get("SCC_PER_NAME_I"))
        .isEqualTo(
            new RecordFacts(
                true,
                List.of(
                    stored(2, "NAME_TYPE", "PRI", "EFFDT", "2013-08-20", "LAST_NAME", "New"),
                    stored(2, "NAME_TYPE", "PRI", "EFFDT", "2024-02-01"))));
  }

  @Test
  void anAffiliationIsKeyedByInstitutionCodeAndStart() {
    String record = "SCC_AFL_PERSON";
    String[] key = {"INSTITUTION", "PSUNV", "SCC_AFL_CODE", "STUDENT"};
    var facts =
        image(
            1,
            row(record, Action.ADD, "START_DT", "2020-09-01", key),
            row(record, Action.ADD, "START_DT", "2025-09-01", key),
            row(record, Action.ADD, "START_DT", " ", key),
            // a key field that was not sent counts as blank
            new SentRow(record, fields(key), Action.REMOVE));
    assertThat(rows(facts, record)).extracting(Row::deleted).containsExactly(false, false, true);
    assertThat(rows(facts, record).getLast().fields())
        .isEqualTo(fields("INSTITUTION", "PSUNV", "SCC_AFL_CODE", "STUDENT", "START_DT", ""));
  }

  private static SentRow student(Action action, String start, String... namesAndValues) {
    return affiliation(action, "STUDENT", start, namesAndValues);
  }

  private static SentRow affiliation(
      Action action, String code, String start, String... namesAndValues) {
    SentRow row = row(AFFILIATION, action, "SCC_AFL_CODE", code, namesAndValues);
    Map<String, Value> fields = new HashMap<>(row.fields());
    fields.put("INSTITUTION", Value.of("PSUNV"));
    fields.put("START_DT", Value.of(start));
    return new SentRow(AFFILIATION, fields, action);
  }

  private static Row stored(SentRow row, long version) {
    return new Row(row.fields(), version, false);
  }

  private static Row trace(SentRow row, long version) {
    Map<String, Value> keys = new HashMap<>(row.fields());
    keys.keySet().retainAll(List.of("INSTITUTION", "SCC_AFL_CODE", "START_DT"));
    return new Row(keys, version, true);
  }

  private static Map<String, RecordFacts> keeping(
      Map<String, RecordFacts> known, long version, SentRow... rows) {
    return new Merge(version, true).merge(known, List.of(rows));
  }

  @Test
  void aChangedFirstDayOfTheOnlyAffiliationOfItsCodeMovesIt() {
    SentRow before = student(Action.ADD, "2020-09-01", "END_DT", "2030-06-30", "NOTE", "n");
    var known = image(1, before, affiliation(Action.ADD, "STAFF", "2020-09-01"));
    var after = merge(known, 2, student(Action.MERGE, "2021-02-01", "END_DT", "2031-06-30"));
    assertThat(rows(after, AFFILIATION))
        .containsExactly(
            trace(before, 2),
            stored(affiliation(Action.ADD, "STAFF", "2020-09-01"), 1),
            stored(student(Action.MERGE, "2021-02-01", "END_DT", "2031-06-30", "NOTE", "n"), 2));
  }

  @Test
  void inACompleteRecordAMovedFirstDayLeavesNoTrace() {
    var known = image(1, student(Action.CONTEXT, "2020-09-01"));
    var after = merge(known, 2, student(Action.MERGE, "2021-02-01"));
    assertThat(after.get(AFFILIATION))
        .isEqualTo(new RecordFacts(true, List.of(stored(student(Action.MERGE, "2021-02-01"), 2))));
  }

  @Test
  void aNewRowWithAnotherFirstDayIsAnAffiliationOfItsOwn() {
    var known = image(1, student(Action.ADD, "2020-09-01"));
    var after = merge(known, 2, student(Action.ADD, "2026-09-01"));
    assertThat(rows(after, AFFILIATION))
        .containsExactly(
            stored(student(Action.ADD, "2020-09-01"), 1),
            stored(student(Action.ADD, "2026-09-01"), 2));
  }

  @Test
  void whereTheCodeRepeatsAChangedRowOfAnUnknownFirstDayMovesNothing() {
    var known = image(1, student(Action.ADD, "2010-09-01"), student(Action.ADD, "2020-09-01"));
    var after = merge(known, 2, student(Action.MERGE, "2021-02-01"));
    assertThat(rows(after, AFFILIATION)).hasSize(3).noneMatch(Row::deleted);

    var single = image(1, student(Action.ADD, "2020-09-01"));
    var both =
        merge(single, 2, student(Action.MERGE, "2020-09-01"), student(Action.MERGE, "2025-09-01"));
    assertThat(rows(both, AFFILIATION)).hasSize(2).noneMatch(Row::deleted);
  }

  @Test
  void aKeyChangeOfAnAffiliationIsItsOldRowGoneAndItsNewRow() {
    var known = image(1, student(Action.ADD, "2020-09-01"));
    var after =
        merge(known, 2, student(Action.REMOVE, "2020-09-01"), student(Action.MERGE, "2021-02-01"));
    assertThat(rows(after, AFFILIATION))
        .containsExactly(
            trace(student(Action.REMOVE, "2020-09-01"), 2),
            stored(student(Action.MERGE, "2021-02-01"), 2));
  }

  @Test
  void anAffiliationSentWithoutAFirstDayKeepsTheOneThatIsKnown() {
    String[] key = {"INSTITUTION", "PSUNV", "SCC_AFL_CODE", "STUDENT"};
    var known = image(1, student(Action.ADD, "2020-09-01", "SCC_AFL_STATUS", "A"));
    var after = merge(known, 2, row(AFFILIATION, Action.MERGE, "SCC_AFL_STATUS", "I", key));
    assertThat(rows(after, AFFILIATION))
        .containsExactly(stored(student(Action.MERGE, "2020-09-01", "SCC_AFL_STATUS", "I"), 2));
    var gone = merge(after, 3, new SentRow(AFFILIATION, fields(key), Action.REMOVE));
    assertThat(rows(gone, AFFILIATION))
        .containsExactly(trace(student(Action.REMOVE, "2020-09-01"), 3));
  }

  @Test
  void anImageKeepsTheAffiliationsItLacksWhereThatIsSet() {
    SentRow student = student(Action.ADD, "2020-09-01", "SCC_AFL_STATUS", "A");
    SentRow staff = affiliation(Action.ADD, "STAFF", "2022-01-01", "END_DT", "2030-06-30");
    SentRow alumni = affiliation(Action.ADD, "ALUMNI", "");
    var known = image(1, student, staff, alumni);
    var after =
        keeping(
            known,
            2,
            affiliation(Action.CONTEXT, "STAFF", "2022-01-01"),
            affiliation(Action.REMOVE, "ALUMNI", ""));
    assertThat(after.get(AFFILIATION))
        .isEqualTo(
            new RecordFacts(
                false,
                List.of(
                    stored(student, 1),
                    stored(affiliation(Action.CONTEXT, "STAFF", "2022-01-01", "END_DT", ""), 2),
                    trace(alumni, 2))));
  }

  @Test
  void anImageThatKeepsWhatItLacksMovesAFirstDayToo() {
    var known = image(1, student(Action.ADD, "2020-09-01"));
    var after = keeping(known, 2, student(Action.CONTEXT, "2021-02-01"));
    assertThat(rows(after, AFFILIATION))
        .containsExactly(
            trace(student(Action.ADD, "2020-09-01"), 2),
            stored(student(Action.CONTEXT, "2021-02-01"), 2));
  }

  @Test
  void onlyAffiliationsAreKept() {
    var known = image(1, mail(Action.CONTEXT, "CAMP"), mail(Action.CONTEXT, "HOME"));
    var after = keeping(known, 2, mail(Action.CONTEXT, "CAMP"));
    assertThat(rows(after, MAIL)).containsExactly(stored(2, "E_ADDR_TYPE", "CAMP"));
  }

  @Test
  void aPersonHasOneRowOfTheLevelZeroRecordAndOfPersonSa() {
    for (String record : List.of("SCC_CM_PERSON_I", "PERSON_SA")) {
      var before = image(1, row(record, Action.MERGE, "BIRTHDATE", "1990-01-01", "A", "1"));
      var after = merge(before, 2, row(record, Action.MERGE, "A", "2"));
      assertThat(after.get(record))
          .isEqualTo(
              new RecordFacts(false, List.of(stored(2, "BIRTHDATE", "1990-01-01", "A", "2"))));
      var gone = merge(after, 3, row(record, Action.REMOVE, "A", "2"));
      assertThat(gone.get(record)).isEqualTo(new RecordFacts(false, List.of(trace(3))));
    }
  }

  @Test
  void aRecordWithoutAKnownKeyIsReplacedEachTimeItIsSent() {
    var before =
        image(
            1,
            row("SITE_REC", Action.CONTEXT, "A", "1"),
            row("SITE_REC", Action.CONTEXT, "A", "1"));
    assertThat(before.get("SITE_REC"))
        .isEqualTo(new RecordFacts(true, List.of(stored(1, "A", "1"), stored(1, "A", "1"))));
    var after =
        merge(
            before,
            2,
            row("SITE_REC", Action.MERGE, "A", "2"),
            row("SITE_REC", Action.REMOVE, "A", "1"),
            row("SITE_REC", Action.ORIGINAL, "A", "0"));
    assertThat(after.get("SITE_REC"))
        .isEqualTo(new RecordFacts(false, List.of(stored(2, "A", "2"))));
  }

  @Test
  void recordsThatWereNotSentStayAsTheyAre() {
    var before = image(1, mail(Action.CONTEXT, "CAMP"));
    var after = merge(before, 2, row("SCC_PER_PHONE_I", Action.MERGE, "PHONE_TYPE", "HOME"));
    assertThat(after).containsEntry(MAIL, before.get(MAIL)).containsKey("SCC_PER_PHONE_I");
  }
}
