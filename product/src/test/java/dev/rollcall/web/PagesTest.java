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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages say, over real HTTP, to somebody who is signed in. */
class PagesTest {

  private static final String PASSWORD = "three quiet blue herons";

  private static RunningService service;

  private Browser browser = new Browser(1);

  @BeforeAll
  static void start() {
    service = RunningService.start();
    somebody("vera", Role.VIEWER);
    somebody("olaf", Role.OPERATOR);
    send("P01", "José", "García-Márquez", "jose@example.edu");
    send("P02", "Siobhán", "O'Neil", "siobhan@example.edu");
    send("P03", "Jo", "Smith", "jo@example.edu");
    // Nobody was ever told that this one was added, so there is no account.
    service.send(
        CampusXml.changed("P04").name("C", "PRI", "2020-01-01", "Nora", "Neverland").xml());
    service.send(CampusXml.added("P05").name("A", "PRI", "2020-01-01", "Dora", "Later").xml());
    service.settle();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void open() {
    browser = new Browser(service.service().port());
  }

  @AfterEach
  void shut() {
    browser.close();
  }

  private static void somebody(String name, Role role) {
    var users = service.service().access().users();
    users.changePassword(name, users.add(name, role, false, "test").password(), PASSWORD);
  }

  private static void send(String emplid, String first, String last, String email) {
    service.send(
        CampusXml.added(emplid)
            .name("A", "PRI", "2020-01-01", first, last)
            .email("A", "BUSN", email)
            .affiliation("A", "STUDENT", "A", "2020-01-01", "2098-12-31")
            .xml());
  }

  private String page(String path) {
    HttpResponse<String> answer = browser.get(path);
    if (answer.statusCode() == 303) {
      browser.signIn("vera", PASSWORD);
      answer = browser.get(path);
    }
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private static long event(String emplid) {
    return service.number(
        "select max(id) from event where cause = 'MESSAGE' and subject = '" + emplid + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "jose, P01",
    "JOSE GARC, P01",
    "garcía, P01",
    "marquez, P01",
    "jose@exa, P01",
    "P01, P01",
    "campus:P01, P01",
    "oneil, P02",
    "o'ne sio, P02",
    "siobhan@, P02",
    "smith jo, P03",
    "nora, P04",
    "neverl, P04",
    "P04, P04"
  })
  void peopleAreFoundByWhateverIsKnownOfThem(String typed, String emplid) {
    HttpResponse<String> found = signedIn("vera").get("/people?q=" + typed.replace(" ", "%20"));
    String there = found.statusCode() == 302 ? Browser.location(found) : found.body();
    assertThat(there).contains("/people/campus%3A" + emplid);
  }

  @Test
  void whoIsFoundByTheirIdIsShownAtOnceWithoutMore() {
    HttpResponse<String> found = signedIn("vera").get("/people?q=P01");
    assertThat(found.statusCode()).isEqualTo(302);
    assertThat(Browser.location(found)).endsWith("/people/campus%3AP01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%27%22%3C%5C%25_", "%00", "a%27%20%7C%20b", "%3A%2A%26%21", "zzz"})
  void whateverIsTypedIsOnlyLookedFor(String typed) {
    assertThat(page("/people?q=" + typed)).contains("Nobody is known by that");
    assertThat(page("/events?person=" + typed)).contains("Nobody is known by that");
  }

  @Test
  void whatIsShownIsNeverTakenForMarkup() {
    String evil = "%3Cscript%3Ealert(1)%3C/script%3E";
    assertThat(page("/people?q=" + evil)).doesNotContain("<script>alert");
    assertThat(page("/events?person=" + evil)).doesNotContain("<script>alert");
    service.send(
        CampusXml.added("P66").name("A", "PRI", "2020-01-01", "&lt;img src=x&gt;", "Evil").xml());
    service.settle();
    assertThat(page("/people/campus:P66")).contains("&lt;img src=x&gt;").doesNotContain("<img");
  }

  @Test
  void aPersonsPageSaysWhyEachValueIsAsItIs() {
    assertThat(page("/people/campus:P01"))
        .contains("The account is there and enabled.")
        .contains("jose@example.edu", "EMAIL_ADDR", "SCC_PER_EMAIL_I")
        .contains("STUDENT", "PSUNV")
        .contains("What is due", "affiliation STUDENT at PSUNV ends on 2098-12-31")
        .contains("/events/" + event("P01"));
  }

  @Test
  void whoHasNoAccountIsToldWhyAndWhatTheFactsWouldGive() {
    String person = page("/people/campus:P04");
    assertThat(person)
        .contains("There is no account: Rollcall was told not to make one.")
        .contains("What <span>campus</span> would put on an account", "Neverland");
    assertThat(page("/people")).contains("Nora Neverland");
  }

  @Test
  void whyThereIsNoAccountIsSaidBeforeADateThatIsToCome() {
    service.send(CampusXml.changed("P21").name("C", "PRI", "2020-01-01", "Noah", "Notadded").xml());
    service.settle();
    service
        .database()
        .jdbc()
        .sql(
            """
            insert into event (instance, source, subject, cause, priority, status, due, appended_at,
              reason)
            values ('campus', 'campus', 'P21', 'DUE', 2, 'NEW', timestamptz '2099-01-01Z', now(),
              'affiliation STUDENT ends on 2098-12-31')
            """)
        .update();
    String row = page("/people").split("Noah Notadded", 2)[1].split("</tr>", 2)[0];
    assertThat(row).contains("SKIP", "unmatched-change").doesNotContain("2098-12-31");
  }

  @Test
  void whoeverIsNotKnownIsNotFound() {
    HttpResponse<String> answer = signedIn("vera").get("/people/campus:NOBODY");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Nobody here is known as campus:NOBODY");
  }

  @Test
  void anEventsPageTellsWhatHappenedInOrder() {
    assertThat(page("/events/" + event("P01")))
        .containsSubsequence(
            "Noticed",
            "The source sent a message about this person.",
            "Worked",
            "none fits",
            "Create",
            "jose@example.edu");
  }

  @Test
  void aMessageIsShownAsItCame() {
    assertThat(page("/events/" + event("P01") + "/message"))
        .contains("&lt;LAST_NAME&gt;García-Márquez&lt;/LAST_NAME&gt;");
  }

  @Test
  void eventsAreFilteredByEverythingTogether() {
    service.settle();
    assertThat(page("/events?status=SKIP"))
        .contains("#" + event("P04") + "<")
        .doesNotContain("P01");
    assertThat(page("/events?status=COMP&cause=MESSAGE&instance=campus&person=jose"))
        .contains("#" + event("P01") + "<")
        .doesNotContain("#" + event("P02") + "<");
    assertThat(page("/events?instance=waiting")).contains("No event fits");
    assertThat(page("/events?cause=DUE&status=NEW")).contains("ends on 2098-12-31");
    assertThat(page("/events?to=2001-01-01T00:00")).contains("No event fits");
    assertThat(page("/events?from=2001-01-01T00:00")).contains("#" + event("P01") + "<");
    assertThat(page("/events?status=nonsense&from=nonsense")).contains("#" + event("P01") + "<");
  }

  @Test
  void whatIsNewIsAskedForWithoutThePage() {
    long before = service.number("select max(id) from event");
    long open = event("P01");
    send("P07", "Newt", "Comer", "newt@example.edu");
    service.settle();
    String news = page("/events/new?after=" + before + "&open=" + open);
    assertThat(news)
        .contains("hx-swap-oob=\"afterbegin:#event-rows\"", "Newt Comer")
        .contains("id=\"event-" + open + "\"")
        .doesNotContain("<html");
    long newest = service.number("select max(id) from event");
    assertThat(page("/events/new?after=" + newest + "&open="))
        .contains("after=" + newest)
        .doesNotContain("<tr");
  }

  @Test
  void aViewerMayLookAndNotAct() {
    Browser viewer = signedIn("vera");
    assertThat(viewer.get("/people/campus:P01").body()).doesNotContain(">Re-sync<");
    assertThat(viewer.get("/events/" + event("P01")).body()).doesNotContain(">Retry<");
    HttpResponse<String> refused =
        viewer.post(
            "/events/" + event("P01") + "/retry", Map.of("_csrf", viewer.proof("/password")));
    assertThat(refused.statusCode()).isEqualTo(403);
  }

  @Test
  void anOperatorActsUnderTheirOwnName() {
    Browser operator = signedIn("olaf");
    HttpResponse<String> again =
        operator.fillIn(
            "/people/campus:P02", "/people/campus:P02/resync", Map.of("instance", "campus"));
    assertThat(Browser.location(again)).contains("/events/");
    service.settle();
    assertThat(
            service.texts(
                "select entry ->> 'by' from audit where kind = 'requested' and subject = 'P02'"))
        .contains("olaf");

    HttpResponse<String> elsewhere =
        operator.fillIn(
            "/people/campus:P02", "/people/campus:P02/resync", Map.of("instance", "waiting"));
    assertThat(elsewhere.statusCode()).isEqualTo(404);
  }

  @Test
  void previewSaysWhatWouldBeDoneAndDoesNothing() {
    long events = service.number("select count(*) from event");
    assertThat(page("/people/campus:P01/preview?instance=campus"))
        .contains("Nothing was written", "unchanged", "No changes");
    assertThat(service.number("select count(*) from event")).isEqualTo(events);
  }

  @Test
  void anInstanceIsPausedAndLetGoOnWithTheReason() {
    Browser operator = signedIn("olaf");
    operator.fillIn("/instances/campus", "/instances/campus/pause", Map.of("why", "looking first"));
    assertThat(operator.get("/instances/campus").body())
        .contains("is paused by olaf (looking first)");
    assertThat(operator.get("/").body()).contains(">paused<");
    send("P08", "Wai", "Ting", "wai@example.edu");
    assertThat(operator.get("/people/campus:P08").body())
        .contains("the instance campus is paused by olaf (looking first)");
    operator.fillIn("/instances/campus", "/instances/campus/resume", Map.of("why", ""));
    service.settle();
    assertThat(operator.get("/people/campus:P08").body())
        .contains("The account is there and enabled.");
  }

  @Test
  void emptyPagesSayWhatToDoNext() {
    assertThat(page("/suspended")).contains("Nothing waits for a decision");
    assertThat(page("/held")).contains("Nothing is held");
    assertThat(page("/")).contains("Nothing does");
  }

  @Test
  void decisionsNeedAReason() {
    Browser operator = signedIn("olaf");
    HttpResponse<String> answer =
        operator.post(
            "/held",
            Map.of(
                "instance",
                "campus",
                "class",
                "deactivations",
                "decision",
                "release",
                "why",
                " ",
                "_csrf",
                operator.proof("/instances/campus")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("A decision needs a reason");
  }

  @Test
  void chartsSayTheSameInWords() {
    service.service().parts().pages().tally().count();
    assertThat(page("/"))
        .contains("role=\"img\"", "finished in this time", "bar-done", "The same as a table");
  }

  @Test
  void olderEventsComePageByPageAndNoneIsLostOrTwice() {
    service
        .database()
        .jdbc()
        .sql(
            """
            insert into event (instance, source, subject, cause, priority, status, due, appended_at,
              finished_at, reason)
            select 'closed', 'third', 'Q' || n, 'REQUEST', 2, 'SKIP', now(), now(), now(), 'paging'
            from generate_series(1, 120) n
            """)
        .update();
    List<String> seen = new ArrayList<>();
    String next = "/events?instance=closed&status=SKIP";
    while (!next.isEmpty()) {
      String body = page(next);
      Matcher ids = Pattern.compile("id=\"event-(\\d+)\"").matcher(body);
      while (ids.find()) {
        seen.add(ids.group(1));
      }
      Matcher older = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(body);
      next = older.find() ? older.group(1).replace("&amp;", "&") : "";
    }
    service.database().jdbc().sql("delete from event where instance = 'closed'").update();
    assertThat(seen).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  void settingsSayWhereTheyAreSetAndNoSecret() {
    assertThat(page("/settings"))
        .containsSubsequence("instances.campus", "itResource", "PSFT Campus", "rollcall.yaml:")
        .contains("ROLLCALL_TOKEN", "***", "ROLLCALL_DATABASE_PASSWORD", "default", "claimSize")
        .doesNotContain(RunningService.TOKEN);
  }

  private Browser signedIn(String user) {
    browser.signIn(user, PASSWORD);
    return browser;
  }
}
