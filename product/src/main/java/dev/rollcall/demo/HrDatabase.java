package dev.rollcall.demo;

import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import java.util.List;

/**
 * The database that PeopleSoft HR is in a demo: one of its own on the local server. Rollcall signs
 * in there as a user who may do what the guide says ({@code docs/reference/peoplesoft-queue.md})
 * and nothing else.
 */
final class HrDatabase {

  private static final List<String> GRANTS =
      List.of(
          "grant select, update on PS_CHG_OK_REQ_HDR, PS_CHG_OK_REQ_DTL to %s",
          "grant select, insert, update on PS_CHG_OPR_OKTA_ID to %s",
          "grant select on PS_CHG_IDP_UTYPE to %s",
          "grant select on PSOPRDEFN, PS_NAMES, PS_EMAIL_ADDRESSES, PS_PERSONAL_PHONE, PS_JOB,"
              + " PS_SCC_AFL_PERSON to %s");

  private final LocalPostgres postgres;
  private final String name;

  HrDatabase(LocalPostgres postgres, String name) {
    this.postgres = postgres;
    this.name = name;
  }

  /** What it calls itself, and what Rollcall's user is called. */
  String name() {
    return name;
  }

  /** Makes it unless it is there. */
  void create() {
    postgres.createDatabase(name);
  }

  void drop() {
    postgres.dropDatabase(name);
  }

  /** Its address, without user and password. */
  String url() {
    return postgres.ensureRunning().jdbcUrl(name);
  }

  /** Its address for somebody who may do everything there. */
  String urlOfOwner() {
    return "%s?user=%s&password=%s".formatted(url(), LocalPostgres.USER, postgres.password());
  }

  /**
   * Gives Rollcall's user its rights; the tables have to be there.
   *
   * @param password letters and digits
   */
  void letRollcallIn(String password) {
    try (Database database = Database.external(urlOfOwner(), null, null, 1)) {
      Integer known =
          database
              .jdbc()
              .sql("select count(*) from pg_roles where rolname = :name")
              .param("name", name)
              .query(Integer.class)
              .single();
      String verb = known == 0 ? "create" : "alter";
      database
          .jdbc()
          .sql("%s role %s login password '%s'".formatted(verb, name, password))
          .update();
      for (String grant : GRANTS) {
        database.jdbc().sql(grant.formatted(name)).update();
      }
    }
  }
}
