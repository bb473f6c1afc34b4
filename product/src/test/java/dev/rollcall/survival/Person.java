package dev.rollcall.survival;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * One person in the system of record: what happens to them, and with it what Rollcall has to know
 * in the end. Each message carries only what changed, so the end shows every one that was lost.
 */
final class Person {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+0000'").withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final LocalDate FIRST_END = LocalDate.of(2090, 1, 1);

  private final String emplid;
  private final Random random;
  private int number;
  private String email = "";
  private String lastName = "";
  private LocalDate studentUntil = FIRST_END;
  private boolean deleted;
  private volatile boolean mayLeave;

  Person(int which, long seed) {
    this.emplid = "%010d".formatted(1000 + which);
    this.random = new Random(seed + which);
  }

  /** What Rollcall has to know of a person. */
  record Truth(String email, String lastName, LocalDate studentUntil, boolean enabled) {}

  String emplid() {
    return emplid;
  }

  int number() {
    return number;
  }

  Truth truth() {
    return new Truth(email, lastName, studentUntil, !deleted);
  }

  /**
   * From now on the person may be deleted. Not before Rollcall made an identity, for of somebody
   * who came and went meanwhile it rightly makes none.
   */
  void mayLeave() {
    mayLeave = true;
  }

  /** The next thing happens. */
  SyncMessage next() {
    number++;
    boolean first = number == 1;
    if (mayLeave && !deleted && random.nextInt(20) == 0) {
      deleted = true;
      return message("D", "");
    }
    String root = first || deleted ? "A" : "C";
    deleted = false;
    StringBuilder rows = new StringBuilder();
    email = "m%06d@p%s.example".formatted(number, emplid);
    rows.append(row("SCC_PER_EMAIL_I", field("E_ADDR_TYPE", "CAMP") + field("EMAIL_ADDR", email)));
    if (first || random.nextInt(3) == 0) {
      lastName = "Name" + number;
      rows.append(
          row(
              "SCC_PER_NAME_I",
              field("NAME_TYPE", "PRI")
                  + field("EFFDT", "2020-01-01")
                  + field("EFF_STATUS", "A")
                  + field("FIRST_NAME", "Kim")
                  + field("LAST_NAME", lastName)));
    }
    if (first || random.nextInt(4) == 0) {
      studentUntil = FIRST_END.plusDays(number);
      rows.append(
          row(
              "SCC_AFL_PERSON",
              field("INSTITUTION", "PSUNV")
                  + field("SCC_AFL_CODE", "STUDENT")
                  + field("SCC_AFL_STATUS", "A")
                  + field("START_DT", "2020-09-01")
                  + field("END_DT", studentUntil.toString())));
    }
    return message(root, rows.toString());
  }

  /** The person leaves. */
  SyncMessage leave() {
    number++;
    deleted = true;
    return message("D", "");
  }

  private SyncMessage message(String root, String rows) {
    String xml =
        "<?xml version=\"1.0\"?><SCC_CONSTITUENT_SYNC><FieldTypes/><MsgData><Transaction>"
            + "<SCC_CM_PERSON_I class=\"R\">%s%s</SCC_CM_PERSON_I>"
                .formatted(field("EMPLID", emplid), rows)
            + "<PSCAMA class=\"R\"><LANGUAGE_CD>ENG</LANGUAGE_CD>%s</PSCAMA>"
                .formatted(field("AUDIT_ACTN", root))
            + "</Transaction></MsgData></SCC_CONSTITUENT_SYNC>";
    return new SyncMessage(
        emplid,
        number,
        "SURVIVAL.%s.%06d".formatted(emplid, number),
        TIMESTAMP.format(FIRST.plusMillis(number)),
        xml);
  }

  private String row(String record, String fields) {
    return "<%s class=\"R\">%s%s</%s>".formatted(record, field("EMPLID", emplid), fields, record)
        + "<PSCAMA class=\"R\">%s</PSCAMA>".formatted(field("AUDIT_ACTN", "C"));
  }

  private static String field(String name, String value) {
    return "<%s>%s</%s>".formatted(name, value, name);
  }
}
