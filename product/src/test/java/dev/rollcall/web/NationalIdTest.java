package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A national id that was mapped is told to whoever has the right, asks for it, and is noted. */
class NationalIdTest {

  private static final String NATIONAL_ID = "078-05-1120";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service =
        RunningService.start(
            "",
            """
              national:
                source: national
                itResource: PSFT National
                attributes:
                  Tax Number: NATIONAL_ID~PERS_NID
            """);
    send("N01");
  }

  private static void send(String emplid) {
    String xml =
        CampusXml.added(emplid)
            .name("A", "PRI", "2020-01-01", "Ann", "B")
            .row(
                "PERS_NID",
                "A",
                "<COUNTRY>USA</COUNTRY><NATIONAL_ID_TYPE>PR</NATIONAL_ID_TYPE><NATIONAL_ID>"
                    + NATIONAL_ID
                    + "</NATIONAL_ID>")
            .xml();
    assertThat(service.send(xml, "Location", "PSFT National").status()).isEqualTo(200);
    service.settle("national");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static RawHttp.Answer ask(String token, String query) {
    return service
        .http()
        .exchange(
            RawHttp.request("GET", "/api/people/N01" + query)
                .header("Authorization", "Bearer " + token));
  }

  private static String token(String name, Role role, boolean nationalIds) {
    return service
        .service()
        .access()
        .tokens()
        .create(name, role, nationalIds, null, "test")
        .secret();
  }

  @Test
  void itIsToldToWhoeverHasTheRightAndAsks() {
    String allowed = token("allowed", Role.VIEWER, true);
    assertThat(ask(allowed, "").body()).contains("tax_number", "***").doesNotContain(NATIONAL_ID);
    assertThat(service.number("select count(*) from audit where kind = 'national-id-seen'"))
        .isZero();

    assertThat(ask(allowed, "?nationalIds=true").body()).contains(NATIONAL_ID);
    assertThat(
            service.texts(
                "select subject || ' by ' || (entry->>'by') from audit"
                    + " where kind = 'national-id-seen'"))
        .containsExactly("N01 by token allowed");
  }

  @Test
  void noRoleIncludesTheRight() {
    RawHttp.Answer refused = ask(token("chief", Role.ADMIN, false), "?nationalIds=true");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body())
        .contains("token chief has no right to see national ids")
        .doesNotContain(NATIONAL_ID);
    assertThat(ask(RunningService.TOKEN, "?nationalIds=true").status()).isEqualTo(403);
  }

  @Test
  void itIsMaskedAlsoWhereNobodyKnowsWhereItCameFrom() {
    // As on an account that was there before: no origin is kept, and the source says nothing.
    send("N02");
    service.database().jdbc().sql("update link set origins = '{}' where subject = 'N02'").update();
    service.database().jdbc().sql("delete from campus_person where emplid = 'N02'").update();
    RawHttp.Answer told = service.api("GET", "/api/people/N02", "");
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body()).contains("tax_number", "***").doesNotContain(NATIONAL_ID);
  }

  @Test
  void anExportNeverHoldsIt() {
    RawHttp.Answer export = service.api("GET", "/api/instances/national/export", "");
    assertThat(export.status()).isEqualTo(200);
    assertThat(export.body()).contains("\"tax_number\":\"***\"", "N01").doesNotContain(NATIONAL_ID);
  }
}
