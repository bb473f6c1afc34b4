package dev.rollcall.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes full publications of the usual shape: about 4 KB, three names, two affiliations each. */
final class PublicationFiles {

  private static final int PEOPLE_A_FILE = 25_000;

  private PublicationFiles() {}

  /** Writes as many files as that takes. */
  static List<Path> write(Path directory, int people) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int from = 0; from < people; from += PEOPLE_A_FILE) {
      Path file =
          directory.resolve("SCC_CONSTITUENT_FULLSYNC_%03d.xml".formatted(files.size() + 1));
      try (BufferedWriter writer = Files.newBufferedWriter(file)) {
        writer.write("<?xml version=\"1.0\"?>\n<SCC_CONSTITUENT_FULLSYNC>\n  <FieldTypes>\n");
        for (String record :
            List.of(
                "SCC_CM_PERSON_I",
                "PERSON_SA",
                "SCC_PER_NAME_I2",
                "SCC_PER_EMAIL_I",
                "SCC_PER_PHONE_I",
                "SCC_AFL_PERSON",
                "PSCAMA")) {
          writer.write(
              "    <%s class=\"R\"><EMPLID type=\"CHAR\"/></%s>\n".formatted(record, record));
        }
        writer.write("  </FieldTypes>\n  <MsgData>\n");
        for (int i = from; i < Math.min(from + PEOPLE_A_FILE, people); i++) {
          writer.write(transaction(i));
        }
        writer.write("  </MsgData>\n</SCC_CONSTITUENT_FULLSYNC>\n");
      }
      files.add(file);
    }
    return files;
  }

  private static String transaction(int number) {
    String emplid = String.format(Locale.ROOT, "%011d", 200_000_000L + number);
    StringBuilder text = new StringBuilder(4_500);
    text.append("    <Transaction>\n      <SCC_CM_PERSON_I class=\"R\">\n");
    field(text, "EMPLID", emplid);
    field(
        text,
        "BIRTHDATE",
        "19%02d-0%d-1%d".formatted(number % 90 + 10, number % 9 + 1, number % 9));
    row(text, "PERSON_SA", emplid, "CAMPUS_ID", "C" + number);
    for (String name : List.of("PRI|2013-08-20", "PRI|2019-02-01", "PRF|2015-01-01")) {
      String[] parts = name.split("\\|", 2);
      row(
          text,
          "SCC_PER_NAME_I2",
          emplid,
          "NAME_TYPE",
          parts[0],
          "EFFDT",
          parts[1],
          "EFF_STATUS",
          "A",
          "COUNTRY_NM_FORMAT",
          "001",
          "NAME",
          "Anderson%d,Kevin Maria".formatted(number % 977),
          "FIRST_NAME",
          "Kevin",
          "MIDDLE_NAME",
          "Maria",
          "LAST_NAME",
          "Anderson" + number % 977,
          "NAME_DISPLAY",
          "Kevin Anderson" + number % 977);
    }
    row(
        text,
        "SCC_PER_EMAIL_I",
        emplid,
        "E_ADDR_TYPE",
        "CAMP",
        "EMAIL_ADDR",
        "k" + number + "@campus.example",
        "PREF_EMAIL_FLAG",
        "Y");
    row(
        text,
        "SCC_PER_PHONE_I",
        emplid,
        "PHONE_TYPE",
        "HOME",
        "PHONE",
        "555-%07d".formatted(number),
        "PREF_PHONE_FLAG",
        "Y");
    for (String code : List.of("STUDENT", "EMPLOYEE")) {
      row(
          text,
          "SCC_AFL_PERSON",
          emplid,
          "INSTITUTION",
          "PSUNV",
          "SCC_AFL_CODE",
          code,
          "SCC_AFL_STATUS",
          "A",
          "SCC_AFL_STS_DESCR",
          "Active",
          "START_DT",
          "2020-09-01",
          "END_DT",
          "2035-06-30");
    }
    text.append("      </SCC_CM_PERSON_I>\n      <PSCAMA class=\"R\">\n");
    field(text, "LANGUAGE_CD", "ENG");
    text.append("        <AUDIT_ACTN/>\n");
    field(text, "BASE_LANGUAGE_CD", "ENG");
    return text.append("      </PSCAMA>\n    </Transaction>\n").toString();
  }

  private static void row(StringBuilder text, String record, String emplid, String... fields) {
    text.append("        <").append(record).append(" class=\"R\">\n");
    field(text, "EMPLID", emplid);
    for (int i = 0; i < fields.length; i += 2) {
      field(text, fields[i], fields[i + 1]);
    }
    text.append("        </").append(record).append(">\n");
    text.append("        <PSCAMA class=\"R\"><AUDIT_ACTN/></PSCAMA>\n");
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append("          <").append(name).append('>').append(value);
    text.append("</").append(name).append(">\n");
  }
}
