package dev.rollcall.simulators.peoplesoft.hr;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a person into the delivered records: dated rows get a new row, the others are replaced.
 */
final class PersonRows implements AutoCloseable {
  private static final List<String> STATEMENTS =
      List.of(
          """
          insert into PSOPRDEFN values (?, ?, 0, now() at time zone 'UTC')
          on conflict (OPRID) do update set LASTUPDDTTM = excluded.LASTUPDDTTM
          """,
          """
          insert into PS_NAMES values (?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (EMPLID, NAME_TYPE, EFFDT) do update set EFF_STATUS = excluded.EFF_STATUS,
            NAME = excluded.NAME, FIRST_NAME = excluded.FIRST_NAME,
            MIDDLE_NAME = excluded.MIDDLE_NAME, LAST_NAME = excluded.LAST_NAME
          """,
          """
          insert into PS_EMAIL_ADDRESSES values (?, ?, ?, ?)
          on conflict (EMPLID, E_ADDR_TYPE) do update set EMAIL_ADDR = excluded.EMAIL_ADDR,
            PREF_EMAIL_FLAG = excluded.PREF_EMAIL_FLAG
          """,
          """
          insert into PS_PERSONAL_PHONE values (?, 'BUSN', ?, 'Y')
          on conflict (EMPLID, PHONE_TYPE) do update set PHONE = excluded.PHONE
          """,
          """
          insert into PS_JOB select ?, 0, ?, coalesce(max(EFFSEQ) + 1, 0), ?, ?, ?, ?
          from PS_JOB where EMPLID = ? and EMPL_RCD = 0 and EFFDT = ?
          """,
          """
          update PS_SCC_AFL_PERSON set SCC_AFL_STATUS = 'I', END_DT = ? where EMPLID = ?
            and SCC_AFL_STATUS = 'A'
          """,
          """
          insert into PS_SCC_AFL_PERSON values (?, 'PSUNV', ?, 'A', ?, null)
          on conflict (EMPLID, INSTITUTION, SCC_AFL_CODE) do update set SCC_AFL_STATUS = 'A',
            START_DT = least(PS_SCC_AFL_PERSON.START_DT, excluded.START_DT), END_DT = null
          """);

  private final PreparedStatement[] statements = new PreparedStatement[STATEMENTS.size()];

  PersonRows(Connection connection) throws SQLException {
    for (int number = 0; number < statements.length; number++) {
      statements[number] = connection.prepareStatement(STATEMENTS.get(number));
    }
  }

  /**
   * @param before what was written last; null for somebody new
   * @param from on which day what is dated begins
   */
  void write(@Nullable HrPerson before, HrPerson person, LocalDate from) throws SQLException {
    set(0, person.oprid(), person.emplid());
    if (before == null || !names(before).equals(names(person))) {
      name(person, "PRI", person.first(), person.last(), from, "A");
      boolean preferred = !person.preferredFirst().isBlank();
      if (preferred || (before != null && !before.preferredFirst().isBlank())) {
        name(
            person,
            "PRF",
            person.preferredFirst(),
            person.preferredLast(),
            from,
            preferred ? "A" : "I");
      }
    }
    for (Map.Entry<String, String> email : person.emails().entrySet()) {
      boolean preferred = email.getKey().equals(person.preferredEmail());
      set(2, person.emplid(), email.getKey(), email.getValue(), preferred ? "Y" : "N");
    }
    set(3, person.emplid(), person.phone());
    if (!person.job().isBlank() && (before == null || !before.job().equals(person.job()))) {
      job(person, from);
    }
    if (before == null || !before.types().equals(person.types())) {
      set(5, Date.valueOf(from), person.emplid());
      for (String type : person.types()) {
        set(6, person.emplid(), type, Date.valueOf(from));
      }
    }
  }

  private static List<String> names(HrPerson person) {
    return List.of(
        person.first(),
        person.middle(),
        person.last(),
        person.preferredFirst(),
        person.preferredLast());
  }

  private void name(
      HrPerson person, String type, String first, String last, LocalDate from, String status)
      throws SQLException {
    set(
        1,
        person.emplid(),
        type,
        Date.valueOf(from),
        status,
        last + "," + first + (person.middle().isBlank() ? "" : " " + person.middle()),
        first,
        person.middle(),
        last);
  }

  private void job(HrPerson person, LocalDate from) throws SQLException {
    boolean contractor = person.types().contains("CONTRACTOR") && person.types().size() == 1;
    String action =
        switch (person.job()) {
          case "L" -> "LOA";
          case "I" -> "TER";
          default -> "HIR";
        };
    set(
        4,
        person.emplid(),
        Date.valueOf(from),
        contractor ? "CWR" : "EMP",
        person.job().equals("I") ? "I" : "A",
        person.job().equals("I") ? "T" : person.job(),
        action,
        person.emplid(),
        Date.valueOf(from));
  }

  private void set(int statement, Object... values) throws SQLException {
    for (int place = 0; place < values.length; place++) {
      statements[statement].setObject(place + 1, values[place]);
    }
    statements[statement].executeUpdate();
  }

  /** Removes whoever this is from the system, as "delete a user profile" does. */
  static void remove(Connection connection, String oprid) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from PSOPRDEFN where OPRID = ?")) {
      delete.setString(1, oprid);
      delete.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements) {
      statement.close();
    }
  }
}
