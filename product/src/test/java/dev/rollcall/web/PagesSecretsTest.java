package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.access.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A national id, a password and a token are planted wherever they could come from, and every page
 * is looked through for them.
 */
class PagesSecretsTest {

  private static final String NATIONAL_ID = "078-05-1120";
  private static final String OTHER_ID = "219-09-9999";
  private static final String SENT_PASSWORD = "Tr0ub4dor-and-3";
  private static final String SENT_TOKEN = "tok-5e1f-never-shown";
  private static final String PASSWORD = "three quiet blue herons";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start("attributes:\n  Tax Number: NATIONAL_ID~PERS_NID");
    somebody("vera", false);
    somebody("nina", true);
    send("S01", "Ann", NATIONAL_ID);
    service.settle();
    // The value goes from the account to the plan, and what was there before is told, too.
    send("S01", "Ann", OTHER_ID);
    service
        .database()
        .jdbc()
        .sql(
            "alter table identity add constraint nobody_is_refused"
                + " check (attributes ->> 'first_name' is distinct from 'Refused')")
        .update();
    send("S02", "Refused", NATIONAL_ID);
    // Never added, so that there is only what the facts would give.
    service.send(nationalId(CampusXml.changed("S03"), "Cara", NATIONAL_ID).xml());
    service.settle();
    service.service().parts().pages().tally().count();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static void somebody(String name, boolean nationalIds) {
    var users = service.service().access().users();
    String fresh = users.add(name, Role.OPERATOR, nationalIds, "test").password();
    users.changePassword(name, fresh, PASSWORD);
  }

  private static CampusXml nationalId(CampusXml message, String first, String id) {
    return message
        .name("A", "PRI", "2020-01-01", first, "Secret")
        .row(
            "PERS_NID",
            "A",
            "<COUNTRY>USA</COUNTRY><NATIONAL_ID_TYPE>PR</NATIONAL_ID_TYPE><NATIONAL_ID>"
                + id
                + "</NATIONAL_ID><DESCR>also "
                + id
                + " here</DESCR>")
        .row(
            "SCC_LOGIN",
            "A",
            "<USER_PASSWORD>"
                + SENT_PASSWORD
                + "</USER_PASSWORD><API_TOKEN>"
                + SENT_TOKEN
                + "</API_TOKEN>");
  }

  private static void send(String emplid, String first, String id) {
    assertThat(
            service
                .send(
                    nationalId(CampusXml.added(emplid), first, id).xml(),
                    "Password",
                    SENT_PASSWORD,
                    "Authorization",
                    "Bearer " + SENT_TOKEN)
                .status())
        .isEqualTo(200);
  }

  private static List<String> everyPage() {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/",
                "/?range=day",
                "/now",
                "/events",
                "/events?person=secret",
                "/events/new?after=0",
                "/people",
                "/people?q=secret",
                "/people/found?q=ann",
                "/suspended",
                "/held",
                "/findings",
                "/settings",
                "/instances/campus"));
    for (String id : List.of("S01", "S02", "S03")) {
      paths.add("/people/campus:" + id);
      paths.add("/people/campus:" + id + "/now");
      paths.add("/people/campus:" + id + "/preview?instance=campus");
    }
    for (String id : service.texts("select id::text from event order by id")) {
      paths.add("/events/" + id);
      paths.add("/events/" + id + "/story");
    }
    for (String id : service.texts("select id::text from event where cause = 'MESSAGE'")) {
      paths.add("/events/" + id + "/message");
    }
    return paths;
  }

  @Test
  void noPageShowsThem() {
    try (Browser browser = new Browser(service.service().port())) {
      browser.signIn("nina", PASSWORD);
      for (String path : everyPage()) {
        HttpResponse<String> answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.body())
            .as(path)
            .doesNotContain(
                NATIONAL_ID, OTHER_ID, SENT_PASSWORD, SENT_TOKEN, RunningService.TOKEN, PASSWORD);
      }
      // They are there, or finding none would prove nothing.
      assertThat(browser.get("/people/campus:S01").body()).contains("tax_number", "***");
      assertThat(browser.get("/people/campus:S03").body()).contains("tax_number", "***");
      assertThat(browser.get("/events/" + first("S02") + "/message").body())
          .contains("&lt;NATIONAL_ID&gt;***", "also *** here", "&lt;USER_PASSWORD&gt;***");
      assertThat(browser.get("/events/" + first("S02")).body()).contains("nobody_is_refused");
    }
  }

  @Test
  void whoIsSearchedForByANationalIdIsNotFound() {
    try (Browser browser = new Browser(service.service().port())) {
      browser.signIn("vera", PASSWORD);
      assertThat(browser.get("/people?q=" + NATIONAL_ID).body())
          .contains("Nobody is known by that");
    }
  }

  @Test
  void whoeverHasTheRightSeesTheNationalIdOfAMessageAndIsNoted() {
    String message = "/events/" + first("S02") + "/message";
    try (Browser browser = new Browser(service.service().port())) {
      browser.signIn("nina", PASSWORD);
      HttpResponse<String> shown = browser.fillIn(message, message, Map.of());
      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.body()).contains(NATIONAL_ID).doesNotContain(SENT_PASSWORD, SENT_TOKEN);
    }
    assertThat(
            service.texts(
                "select entry ->> 'by' from audit where kind = 'national-id-seen' and subject = 'S02'"))
        .containsExactly("nina");
  }

  @Test
  void whoeverHasNotTheRightIsNotShownTheButtonAndIsRefused() {
    String message = "/events/" + first("S01") + "/message";
    try (Browser browser = new Browser(service.service().port())) {
      browser.signIn("vera", PASSWORD);
      assertThat(browser.get(message).body()).doesNotContain("Show national ids");
      HttpResponse<String> refused =
          browser.post(message, Map.of("_csrf", browser.proof("/password")));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).doesNotContain(NATIONAL_ID);
    }
    assertThat(
            service.number(
                "select count(*) from audit where kind = 'national-id-seen' and subject = 'S01'"))
        .isZero();
  }

  private static long first(String emplid) {
    return service.number(
        "select min(id) from event where cause = 'MESSAGE' and subject = '" + emplid + "'");
  }
}
