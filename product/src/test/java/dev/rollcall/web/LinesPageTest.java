package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages say of request lines, batches and calls, over a real instance. */
class LinesPageTest {

  private static HrService hr;

  private Browser browser = new Browser(1);

  @BeforeAll
  static void start() {
    hr = HrService.start();
    hr.okta(
        "faults", "{'fault':'spuriousProperty','method':'POST','path':'/api/v1/users','times':2}");
    hr.people("fill", "{'people':12,'requests':true,'batch':6}");
    hr.settle();
    hr.service().service().parts().pages().tally().count();
  }

  @AfterAll
  static void stop() {
    hr.close();
  }

  @BeforeEach
  void open() {
    browser = new Browser(hr.service().service().port());
    browser.signIn("olaf", HrService.PASSWORD);
  }

  @AfterEach
  void shut() {
    browser.close();
  }

  private String page(String path) {
    HttpResponse<String> answer = browser.get(path);
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String first(String sql) {
    return hr.service().texts(sql).getFirst();
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
  }

  private static final String REFUSED =
      " from request_line where status = 'ERR' and text like '%HTTP 400 E0000001%' order by id";

  @Test
  void aLineSaysWhoseItIsWhatItAsksForAndWhatOktaAnswered() {
    String key = first("select batch || '/' || line" + REFUSED);
    String person = first("select subject" + REFUSED);
    assertThat(text(page("/lines?status=ERR")))
        .contains(
            key,
            person,
            "HTTP 400",
            "E0000001",
            "Whole answer",
            "Property name",
            "not done",
            "Retry line " + key)
        .doesNotContain("COMP done");
    String line = text(page("/lines/" + first("select id" + REFUSED)));
    assertThat(line)
        .contains(
            "Why it was not done",
            "HTTP 400",
            "E0000001",
            "Okta answered",
            "Called POST /api/v1/users , answered 400",
            "Re-sync the person",
            "#" + first("select event" + REFUSED),
            person);
  }

  @Test
  void whatWasDoneNamesTheAccountAndPeopleTheirName() {
    String done = "from request_line where status = 'COMP' and account_id is not null order by id";
    String person = first("select subject " + done);
    String name =
        hr
            .service()
            .get("/api/people/" + first("select source " + done) + ":" + person)
            .findValuesAsString("displayName")
            .stream()
            .findFirst()
            .orElse("");
    String page = page("/lines?status=COMP&person=" + person);
    assertThat(page).contains(first("select account_id " + done), "/people/").contains(name);
    assertThat(text(page)).contains("COMP done").doesNotContain("ERR not done");
  }

  @Test
  void filtersNarrowTheListAndAreKeptWhenPaging() {
    String batch = first("select max(batch) from request_line");
    long fits =
        hr.service().number("select count(*) from request_line where batch = '" + batch + "'");
    String page = page("/lines?batch=" + batch);
    assertThat(page.split("data-label=\"Line\"", -1)).hasSize((int) fits + 1);
    assertThat(page("/lines?action=CR8A")).doesNotContain("code\">GRPA<");
    assertThat(text(page("/lines?action=NONE"))).contains("No line fits");
    assertThat(text(page("/lines?person=nobodyatall"))).contains("Nobody is known by that");
    assertThat(text(page("/lines?from=2099-01-01T00:00"))).contains("No line fits");
    assertThat(page("/lines?instance=" + HrService.INSTANCE)).contains(batch);
    assertThat(page("/lines/now?status=ERR")).doesNotContain("<html").contains("E0000001");
    for (String odd : List.of("/lines?person=%00", "/lines?batch=%27%00", "/lines?status=x")) {
      page(odd);
    }
  }

  @Test
  void whoIsMeantIsLookedUpOnceAndNotAgainByThePartThatChangesByItself() {
    String person = first("select subject" + REFUSED);
    String other = first("select subject from request_line where subject <> '" + person + "'");

    assertThat(page("/lines?person=" + person)).contains("&amp;subject=hr%3A" + person);
    assertThat(page("/lines?person=nobodyatall")).doesNotContain("subject=");

    // The name is nobody's: only the subjects count.
    String now = page("/lines/now?person=nobodyatall&subject=hr%3A" + person);
    assertThat(now).contains(">" + person + "<").doesNotContain(">" + other + "<");
    assertThat(text(page("/lines/now?person=" + person))).contains("Nobody is known by that");
    for (String odd : List.of("", "hr", ":", "%00:%00", "a:%00")) {
      assertThat(text(page("/lines/now?person=x&subject=" + odd)))
          .as(odd)
          .contains("Nobody is known by that");
    }
  }

  @Test
  void onlyTheNewestPageGoesOnByItself() {
    assertThat(page("/lines")).contains("data-live", "hx-get=\"/lines/now?\"");
    assertThat(page("/lines?before=3"))
        .as("an older page stays what it is")
        .doesNotContain("data-live", "hx-get");
    String person = first("select source || ':' || subject" + REFUSED);
    assertThat(page("/people/" + person)).contains("data-live");
    assertThat(page("/people/" + person + "?before=3")).doesNotContain("data-live", "hx-get");
    assertThat(page("/events/" + first("select event" + REFUSED))).doesNotContain("data-live");
  }

  @Test
  void batchesWithErrorsStandFirstWithTheNumberOfErrors() {
    String batches = page("/lines/batches");
    String bad = first("select batch" + REFUSED);
    long errors =
        hr.service()
            .number(
                "select count(*) from request_line where status = 'ERR' and batch = '" + bad + "'");
    assertThat(text(batches)).contains("ended with errors", "Retry " + errors + " error");
    assertThat(text(page("/lines?instance=hr-to-okta&batch=" + bad)))
        .contains("Batch " + bad, "Retry " + errors + " error");
    assertThat(text(page("/lines/batches?batch=" + bad))).contains(bad);
    assertThat(text(page("/lines/batches?batch=none"))).contains("No batch fits");
  }

  @Test
  void whoOnlyLooksIsShownNoButtonAndRefused() {
    String id = first("select id" + REFUSED);
    String batch = first("select batch" + REFUSED);
    try (Browser viewer = new Browser(hr.service().service().port())) {
      viewer.signIn("vera", HrService.PASSWORD);
      for (String path : List.of("/lines", "/lines/batches", "/lines/" + id)) {
        assertThat(viewer.get(path).body()).contains("ERR").doesNotContain("Retry");
      }
      String proof = viewer.proof("/password");
      assertThat(viewer.post("/lines/" + id + "/retry", Map.of("_csrf", proof)).statusCode())
          .isEqualTo(403);
      assertThat(
              viewer
                  .post(
                      "/lines/retry",
                      Map.of("_csrf", proof, "instance", HrService.INSTANCE, "batch", batch))
                  .statusCode())
          .isEqualTo(403);
    }
    // And nobody without the proof that the form was ours.
    assertThat(browser.post("/lines/" + id + "/retry", Map.of()).statusCode()).isEqualTo(403);
    assertThat(hr.service().number("select count(*) from request_line where generation > 1"))
        .isZero();
  }

  @Test
  void whatCannotBeTriedAgainIsRefusedInWords() {
    String done = first("select id from request_line where status = 'COMP'");
    assertThat(browser.fillIn("/password", "/lines/" + done + "/retry", Map.of()).body())
        .contains("did not end as an error");
    assertThat(browser.fillIn("/password", "/lines/retry", Map.of("batch", "B")).body())
        .contains("which batch of which instance");
    assertThat(browser.get("/lines/999999").statusCode()).isEqualTo(404);
  }

  @Test
  void theEventAndThePersonTellTheirLinesAndCalls() {
    String done =
        "from request_line where status = 'COMP' and action in ('CR8A', 'CR8I')"
            + " and account_id is not null order by id";
    String event = text(page("/events/" + first("select event " + done)));
    assertThat(event)
        .contains(
            "Request lines",
            first("select batch || '/' || line " + done),
            "Called POST /api/v1/users",
            "answered 200",
            "took");
    String person =
        text(
            page(
                "/people/"
                    + first("select source " + done)
                    + ":"
                    + first("select subject " + done)));
    assertThat(person)
        .contains(
            "Account in " + hr.tenant(),
            "id " + first("select account_id " + done),
            "univ.edu",
            "Request lines",
            "Groups")
        .doesNotContain("Affiliations");
  }

  @Test
  void callsTellEveryBucketAndTheOverviewTheTightest() {
    String calls = text(page("/calls"));
    for (String bucket : hr.service().texts("select bucket from call_budget")) {
      assertThat(calls).contains(bucket);
    }
    assertThat(calls).contains(hr.tenant(), "Nothing waits", "20 %", "6,000", "Calls each minute");
    assertThat(calls).containsPattern("[1-9][0-9]* of [1-9][0-9,]*");
    assertThat(page("/calls?range=day")).contains("/calls/now?range=day");
    assertThat(page("/calls/now")).doesNotContain("<html").contains("bar-calls");
    String overview = page("/");
    assertThat(overview).contains("href=\"/calls\"", "href=\"/lines\"");
    assertThat(text(overview))
        .contains("Calls All buckets and charts " + hr.tenant(), "Nothing waits");
  }

  @Test
  void noSecretIsOnAnyOfThesePages() {
    for (String path :
        List.of(
            "/",
            "/lines",
            "/lines/batches",
            "/lines/" + first("select id" + REFUSED),
            "/calls",
            "/instances/hr-to-okta",
            "/settings",
            "/events/" + first("select event" + REFUSED),
            "/people/" + first("select source || ':' || subject" + REFUSED))) {
      assertThat(page(path))
          .as(path)
          .doesNotContain(
              HrService.TOKEN,
              HrService.PASSWORD,
              "SSWS",
              dev.rollcall.testing.TestDatabase.postgres().password());
    }
  }
}
