package dev.rollcall.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A system of record that publishes everybody at once, and what Rollcall has to know afterwards.
 * One person's Transaction is broken until the next publication.
 */
final class Publication {

  /** How many people each file is about, in parts of the whole; some are tiny, some are big. */
  private static final int[] SHARES = {1, 12, 4, 7, 2, 14};

  private static final int ALL_SHARES = 40;
  private static final int BROKEN_FILE = 3;

  private final Random random;
  private final Map<String, Person> people = new TreeMap<>();
  private final String broken;
  private boolean mended;

  /** Somebody as published. */
  private record Person(String lastName, String email, boolean student) {}

  /** What Rollcall has to know of somebody. */
  record Truth(String lastName, String email, boolean student) {}

  /** What a next publication says anew, against the one before. */
  record Difference(int changed, int created, int unchanged) {}

  Publication(int howMany, long seed) {
    this.random = new Random(seed);
    while (people.size() < howMany) {
      add();
    }
    this.broken = inFile(BROKEN_FILE).get(random.nextInt(inFile(BROKEN_FILE).size()));
  }

  private void add() {
    String emplid = "%011d".formatted(300_000_000L + people.size());
    people.put(
        emplid,
        new Person("Name" + random.nextInt(1000), emplid + "@a.example", random.nextBoolean()));
  }

  /** Whose Transaction is broken. */
  String broken() {
    return broken;
  }

  /** The name of the file with the broken Transaction. */
  String brokenFile() {
    return name(BROKEN_FILE);
  }

  /** Time passes: some people change, some come, and the broken one is repaired. */
  Difference next() {
    Map<String, Person> before = new TreeMap<>(people);
    for (String emplid : List.copyOf(people.keySet())) {
      Person was = known(emplid);
      switch (random.nextInt(5)) {
        case 0 ->
            people.put(emplid, new Person(was.lastName(), emplid + "@b.example", was.student()));
        case 1 -> people.put(emplid, new Person(was.lastName(), was.email(), !was.student()));
        default -> {}
      }
    }
    for (int i = before.size() / 10; i > 0; i--) {
      add();
    }
    int created = people.size() - before.size();
    int changed = 0;
    for (Map.Entry<String, Person> one : before.entrySet()) {
      if (!mended && one.getKey().equals(broken)) {
        created++;
      } else if (!known(one.getKey()).equals(one.getValue())) {
        changed++;
      }
    }
    mended = true;
    return new Difference(changed, created, people.size() - changed - created);
  }

  private Person known(String emplid) {
    Person person = people.get(emplid);
    if (person == null) {
      throw new IllegalArgumentException(emplid);
    }
    return person;
  }

  int size() {
    return people.size();
  }

  /** What Rollcall has to know when all of this is taken in. */
  Map<String, Truth> truth() {
    Map<String, Truth> truth = new TreeMap<>();
    people.forEach((emplid, one) -> {
      if (mended || !emplid.equals(broken)) {
        truth.put(emplid, new Truth(one.lastName(), one.email(), one.student()));
      }
    });
    return truth;
  }

  /**
   * Writes the files: a header, the people, a trailer.
   *
   * @param asOf the files' own time
   * @return how many Transactions about somebody each holds, by its name
   */
  Map<String, Integer> write(Path directory, Instant asOf) throws IOException {
    Map<String, Integer> transactions = new LinkedHashMap<>();
    write(directory, "FULLSYNC_00_HEADER.xml", sequence("H"), asOf);
    transactions.put("FULLSYNC_00_HEADER.xml", 0);
    for (int file = 0; file < SHARES.length; file++) {
      List<String> inFile = inFile(file);
      StringBuilder text = new StringBuilder();
      inFile.forEach(emplid -> text.append(transaction(emplid)));
      write(directory, name(file), text.toString(), asOf);
      transactions.put(name(file), inFile.size());
    }
    write(directory, "FULLSYNC_99_TRAILER.xml", sequence("T"), asOf);
    transactions.put("FULLSYNC_99_TRAILER.xml", 0);
    return transactions;
  }

  private static String name(int file) {
    return "FULLSYNC_%02d.xml".formatted(file + 1);
  }

  /** Whoever is in this file, of so many. */
  private List<String> inFile(int file) {
    List<String> everybody = new ArrayList<>(people.keySet());
    int before = 0;
    for (int i = 0; i < file; i++) {
      before += SHARES[i];
    }
    int from = everybody.size() * before / ALL_SHARES;
    return everybody.subList(from, everybody.size() * (before + SHARES[file]) / ALL_SHARES);
  }

  private static void write(Path directory, String name, String transactions, Instant asOf)
      throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(
        file,
        "<?xml version=\"1.0\"?>\n<SCC_CONSTITUENT_FULLSYNC><FieldTypes>"
            + declared("SCC_CM_PERSON_I")
            + declared("SCC_PER_NAME_I2")
            + declared("SCC_PER_EMAIL_I")
            + declared("SCC_AFL_PERSON")
            + declared("PSCAMA")
            + "</FieldTypes><MsgData>\n"
            + transactions
            + "</MsgData></SCC_CONSTITUENT_FULLSYNC>\n");
    Files.setLastModifiedTime(file, FileTime.from(asOf));
  }

  private static String declared(String record) {
    return "<%s class=\"R\"><EMPLID type=\"CHAR\"/></%s>".formatted(record, record);
  }

  private static String sequence(String flag) {
    return "<Transaction><PSCAMA class=\"R\"><AUDIT_ACTN/><MSG_SEQ_FLG>%s</MSG_SEQ_FLG></PSCAMA>"
            .formatted(flag)
        + "</Transaction>\n";
  }

  private String transaction(String emplid) {
    Person one = known(emplid);
    String affiliation =
        one.student()
            ? row(
                "SCC_AFL_PERSON",
                emplid,
                field("INSTITUTION", "PSUNV")
                    + field("SCC_AFL_CODE", "STUDENT")
                    + field("SCC_AFL_STATUS", "A")
                    + field("START_DT", "2020-09-01")
                    + field("END_DT", "2095-06-30"))
            : "";
    String text =
        "<Transaction><SCC_CM_PERSON_I class=\"R\">"
            + field("EMPLID", emplid)
            + row(
                "SCC_PER_NAME_I2",
                emplid,
                field("NAME_TYPE", "PRI")
                    + field("EFFDT", "2020-01-01")
                    + field("EFF_STATUS", "A")
                    + field("FIRST_NAME", "Kim")
                    + field("LAST_NAME", one.lastName()))
            + row(
                "SCC_PER_EMAIL_I",
                emplid,
                field("E_ADDR_TYPE", "CAMP") + field("EMAIL_ADDR", one.email()))
            + affiliation
            + "</SCC_CM_PERSON_I><PSCAMA class=\"R\"><LANGUAGE_CD>ENG</LANGUAGE_CD><AUDIT_ACTN/>"
            + "</PSCAMA></Transaction>\n";
    return !mended && emplid.equals(broken) ? text.replace("</LAST_NAME>", "</LAST>") : text;
  }

  private static String row(String record, String emplid, String fields) {
    return "<%s class=\"R\">%s%s</%s>".formatted(record, field("EMPLID", emplid), fields, record)
        + "<PSCAMA class=\"R\"><AUDIT_ACTN/></PSCAMA>";
  }

  private static String field(String name, String value) {
    return "<%s>%s</%s>".formatted(name, value, name);
  }
}
