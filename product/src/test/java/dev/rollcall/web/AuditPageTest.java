package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.access.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The audit as a page tells it, and erasing what it says of one person. */
class AuditPageTest {

  private static final String PASSWORD = "three quiet blue herons";

  private static RunningService service;

  private final List<Browser> browsers = new ArrayList<>();

  @BeforeAll
  static void start() {
    service = RunningService.start();
    somebody("vera", Role.VIEWER, false);
    somebody("nina", Role.OPERATOR, true);
    somebody("ada", Role.ADMIN, false);
    send("A01", "Ann", "Applebaum");
    send("A02", "Bob", "Twin");
    send("A03", "Bobby", "Twin");
    service.settle();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void shut() {
    browsers.forEach(Browser::close);
  }

  private static void somebody(String name, Role role, boolean right) {
    var users = service.service().access().users();
    users.changePassword(name, users.add(name, role, right, "test").password(), PASSWORD);
  }

  private static void send(String emplid, String first, String last) {
    service.send(
        CampusXml.added(emplid)
            .name("A", "PRI", "2020-01-01", first, last)
            .row(
                "PERS_NID",
                "A",
                "<COUNTRY>USA</COUNTRY><NATIONAL_ID_TYPE>PR</NATIONAL_ID_TYPE>"
                    + "<NATIONAL_ID>078-05-1120</NATIONAL_ID>")
            .xml());
  }

  private Browser signedIn(String user) {
    Browser browser = new Browser(service.service().port());
    browsers.add(browser);
    browser.signIn(user, PASSWORD);
    return browser;
  }

  private static String shown(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static long event(String emplid) {
    return service.number(
        "select min(id) from event where cause = 'MESSAGE' and subject = '" + emplid + "'");
  }

  @Test
  void tellsWhatWasDoneInWordsWithEachChangeAndWhereItIs() {
    assertThat(shown(signedIn("vera").get("/audit?person=A01&kind=outcome")))
        .containsSubsequence("Worked", "COMP", "Ann Applebaum", "Create")
        .contains("/events/" + event("A01"), "/people/campus%3AA01", "as it is kept")
        .doesNotContain("078-05-1120", "Twin");
  }

  @Test
  void isFilteredByEverythingTogether() {
    Browser vera = signedIn("vera");
    assertThat(shown(vera.get("/audit?event=" + event("A02")))).contains("Bob Twin");
    assertThat(shown(vera.get("/audit?event=%23" + event("A02")))).contains("Bob Twin");
    assertThat(shown(vera.get("/audit?event=" + event("A02") + "&person=A01")))
        .contains("Nothing fits");
    assertThat(shown(vera.get("/audit?instance=campus&kind=outcome"))).contains("Ann Applebaum");
    assertThat(shown(vera.get("/audit?instance=waiting"))).contains("Nothing fits");
    assertThat(shown(vera.get("/audit?to=2001-01-01T00:00"))).contains("Nothing fits");
    assertThat(shown(vera.get("/audit?from=2001-01-01T00:00&person=A01")))
        .contains("Ann Applebaum");
    assertThat(shown(vera.get("/audit?kind=nonsense&from=nonsense&event=nonsense")))
        .contains("Ann Applebaum");
    assertThat(shown(vera.get("/audit?person=applebaum"))).contains("Ann Applebaum");
    assertThat(shown(vera.get("/audit?person=%00&instance=%00"))).contains("Ann Applebaum");
    assertThat(shown(vera.get("/audit?person=%3Cscript%3E")))
        .contains("Nothing fits")
        .doesNotContain("<script>");
  }

  @Test
  void asksWhoIsMeantWhenSeveralCanBe() {
    assertThat(shown(signedIn("vera").get("/audit?person=twin&kind=outcome")))
        .contains("Who is meant?")
        .contains("/audit?person=campus:A02&amp;kind=outcome")
        .contains("/audit?person=campus:A03&amp;kind=outcome")
        .doesNotContain("Worked");
  }

  @Test
  void whoLookedAtWhichNationalIdIsFound() {
    Browser nina = signedIn("nina");
    String message = "/events/" + event("A03") + "/message";
    assertThat(shown(nina.fillIn(message, message, Map.of()))).contains("078-05-1120");
    Browser vera = signedIn("vera");
    assertThat(shown(vera.get("/audit"))).contains("/audit?kind=national-id-seen");
    assertThat(shown(vera.get("/audit?kind=national-id-seen&person=A03")))
        .containsSubsequence("Looked at the national ids of this person", "nina", "Bobby Twin")
        .doesNotContain("078-05-1120");
  }

  @Test
  void isTakenOutAsItIsFilteredByWhoeverMayLook() {
    Browser vera = signedIn("vera");
    String page = shown(vera.get("/audit?person=A01&kind=outcome"));
    Matcher csv = Pattern.compile("href=\"(/api/audit/export\\?format=csv[^\"]*)\"").matcher(page);
    Matcher lines =
        Pattern.compile("href=\"(/api/audit/export\\?format=jsonl[^\"]*)\"").matcher(page);
    assertThat(csv.find()).isTrue();
    assertThat(lines.find()).isTrue();
    assertThat(shown(vera.get(csv.group(1).replace("&amp;", "&"))).lines())
        .hasSize(2)
        .element(1)
        .asString()
        .contains("outcome,campus,campus,A01");
    assertThat(shown(vera.get(lines.group(1).replace("&amp;", "&"))).lines())
        .singleElement()
        .asString()
        .contains("\"subject\":\"A01\"");
    assertThat(shown(vera.get("/audit?kind=exported"))).contains("Took out audit", "vera");
  }

  @Test
  void olderEntriesComePageByPageAndNoneIsLostOrTwice() {
    service
        .database()
        .jdbc()
        .sql(
            """
            insert into audit (at, kind, instance, entry)
            select now() - interval '1 day', 'requested', 'closed', '{"action":"pause","by":"x"}'
            from generate_series(1, 120) n
            """)
        .update();
    Browser vera = signedIn("vera");
    List<String> seen = new ArrayList<>();
    String next = "/audit?instance=closed";
    while (!next.isEmpty()) {
      String body = shown(vera.get(next));
      Matcher ids = Pattern.compile("Entry <span>(\\d+)</span>").matcher(body);
      while (ids.find()) {
        seen.add(ids.group(1));
      }
      Matcher older = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(body);
      next = older.find() ? older.group(1).replace("&amp;", "&") : "";
    }
    assertThat(seen).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  void aNewerProcessMayWriteWhatIsNotKnownHere() {
    service
        .database()
        .jdbc()
        .sql(
            "insert into audit (at, kind, instance, entry) values"
                + " (now(), 'of-tomorrow', 'tomorrow', '{\"by\":\"somebody\",\"what\":[1,{\"a\":null}]}')")
        .update();
    assertThat(shown(signedIn("vera").get("/audit?instance=tomorrow")))
        .contains("of-tomorrow", "somebody");
  }

  @Test
  void aCallOfAnotherSystemIsToldWithWhatItAnswered() {
    service
        .database()
        .jdbc()
        .sql(
            """
            insert into audit (at, kind, instance, source, subject, event, entry)
            values (now(), 'call', 'campus', 'campus', 'A02', :event, '{"method":"POST",
              "path":"/api/v1/users","status":400,"requestId":"req-77","answer":"login is taken"}')
            """)
        .param("event", event("A02"))
        .update();
    assertThat(shown(signedIn("vera").get("/audit?kind=call")))
        .contains("POST /api/v1/users, which answered 400", "req-77", "login is taken");
    assertThat(shown(signedIn("vera").get("/events/" + event("A02"))))
        .containsSubsequence("Called", "POST /api/v1/users", "answered", "400", "login is taken");
  }

  @Test
  void everyKindOfEntryIsToldInWords() {
    service.api("POST", "/api/instances/campus/pause", "{\"why\":\"looking\"}");
    service.api("POST", "/api/instances/campus/resume", "{}");
    service.send(CampusXml.person("A01", "Ann"), "TransactionID", "twice");
    service.send(CampusXml.person("A01", "Ann"), "TransactionID", "twice");
    service.send("<SCC_CONSTITUENT_SYNC>");
    service.settle();
    Browser wrong = new Browser(service.service().port());
    browsers.add(wrong);
    wrong.signIn("vera", "not her password");
    assertThat(shown(signedIn("vera").get("/audit?from=2001-01-01T00:00")))
        .contains("Paused the instance", "looking", "Let the instance go on")
        .contains("A message came again", "A message was refused with 4")
        .contains("Signed in from 127.0.0.1", "vera was not let in from 127.0.0.1");
    assertThat(shown(signedIn("vera").get("/audit?kind=access-changed")))
        .contains("Added the user nina, operator who may see national ids")
        .contains("Changed the own password");
  }

  @Test
  void onlyAnAdminErasesAndOnlyWithAReasonAndTheId() {
    send("A09", "Ursula", "Erasable");
    service.settle();
    Browser nina = signedIn("nina");
    assertThat(shown(nina.get("/people/campus:A09"))).doesNotContain("Erase the past");
    assertThat(nina.get("/people/campus:A09/erase").statusCode()).isEqualTo(403);

    Browser ada = signedIn("ada");
    String page = "/people/campus:A09/erase";
    assertThat(shown(ada.get("/people/campus:A09"))).contains("/people/campus%3AA09/erase");
    assertThat(shown(ada.get(page)))
        .contains("What is lost", "What stays", "It is <code>A09</code>");
    assertThat(ada.fillIn(page, page, Map.of("id", "A09", "why", " ")).statusCode()).isEqualTo(400);
    assertThat(ada.fillIn(page, page, Map.of("id", "A08", "why", "asked for it")).statusCode())
        .isEqualTo(400);
    assertThat(ada.post(page, Map.of("id", "A09", "why", "without proof")).statusCode())
        .isEqualTo(403);
    assertThat(service.number("select count(*) from audit where kind = 'erased'")).isZero();

    HttpResponse<String> done =
        ada.fillIn(page, page, Map.of("id", "A09", "why", "asked for by letter"));
    assertThat(Browser.location(done)).endsWith("/audit?person=campus%3AA09&kind=erased");
    assertThat(shown(ada.get("/audit?person=campus%3AA09&kind=erased")))
        .contains(
            "Erased what was said about this person: 1 audit entry, 0 reasons of events,"
                + " 1 message, 0 findings",
            "asked for by letter",
            "ada");
    assertThat(shown(ada.get("/audit?person=campus%3AA09&kind=outcome")))
        .containsSubsequence("Worked", "COMP", ">erased<", "ada", "asked for by letter");
    assertThat(shown(ada.get("/events/" + event("A09"))))
        .containsSubsequence("Worked", "COMP", ">erased<", "asked for by letter");
    assertThat(shown(ada.get("/events/" + event("A09") + "/message")))
        .contains("The text is no longer kept");
  }

  @Test
  void whoeverIsNotKnownCannotBeErased() {
    String page = "/people/campus:NOBODY/erase";
    assertThat(
            signedIn("ada")
                .fillIn(page, page, Map.of("id", "NOBODY", "why", "asked for it"))
                .statusCode())
        .isEqualTo(404);
  }
}
