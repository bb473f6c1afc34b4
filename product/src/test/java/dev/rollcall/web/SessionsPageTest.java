package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages say of sessions in which many people are given together. */
class SessionsPageTest {

  private GivenSessions given;
  private Browser browser;

  @BeforeEach
  void open() {
    given = GivenSessions.start();
    browser = new Browser(given.service().service().port());
    browser.signIn("vera", GivenSessions.PASSWORD);
  }

  @AfterEach
  void shut() {
    browser.close();
    given.close();
  }

  private String page(String path) {
    HttpResponse<String> answer = browser.get(path);
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
  }

  @Test
  void theListTellsWhatIsOpenAndWhatCameOfTheOthers() {
    String list = page("/sessions");
    assertThat(text(list))
        .contains(
            GivenSessions.TARGET,
            "given people by hcm-to-okta",
            "Open session #" + given.open + " is being filled",
            "1 of 2",
            "4 people",
            "five minutes after its start",
            "given up",
            "failed as a whole",
            "199,964");
    assertThat(list)
        .contains("href=\"/sessions/" + given.done + "\"")
        .contains("max=\"200000\" value=\"199964\"");
    assertThat(list.indexOf("/sessions/" + given.failed))
        .as("the newest first")
        .isLessThan(list.indexOf("/sessions/" + given.done));
    String older = text(page("/sessions?before=" + given.done));
    assertThat(older)
        .contains("#" + given.givenUp)
        .doesNotContain("#" + given.done, "Open session");
    assertThat(page("/sessions?before=" + given.done))
        .as("it stays what it is")
        .doesNotContain("data-live", "hx-get");
    assertThat(text(page("/sessions?before=1"))).contains("No older sessions");
  }

  @Test
  void theNextSessionIsCountedDownToTheSecond() {
    given.go(Instant.now().plusSeconds(200));
    assertThat(text(page("/sessions/now")))
        .containsPattern("Next session in 3 min \\d\\d s permitted from \\d\\d:\\d\\d:\\d\\d")
        .contains("is worked there", "2 of 2");
    assertThat(text(page("/sessions/" + given.open + "/now")))
        .containsPattern("Next session in 3 min \\d\\d s")
        .as("what is started is followed whatever the instance's state")
        .doesNotContain("so this session waits");
    assertThat(text(page("/sessions/" + given.done))).doesNotContain("Next session");
  }

  @Test
  void aSessionTellsItsRequestsAgainstWhatTheyMayBeAndWhoFailedFirst() {
    String page = page("/sessions/" + given.done);
    assertThat(page)
        .contains("max=\"200000\" value=\"199964\"", "max=\"200\" value=\"60\"")
        .contains("&lt;b&gt;there&lt;/b&gt;")
        .doesNotContain("<b>there</b>")
        .contains("href=\"/people/hcm%3AW1201\"")
        .contains("href=\"/events/" + given.eventOf(given.done, "W1201") + "\"");
    assertThat(text(page))
        .contains(
            "Session #" + given.done,
            "262 people",
            "3 of 3",
            "Failed 1",
            "Opened there as aps1abc",
            "Add or change",
            "Delete",
            "the first 200 of 262",
            "Ann Lee W1201 failed login: ann.lee@univ.example",
            "Ada Okafor W1000 created");
    assertThat(page.indexOf("W1201")).isLessThan(page.indexOf("W1000"));
  }

  @Test
  void thePeopleOfOneRequestAreShownAlone() {
    assertThat(text(page("/sessions/" + given.done + "?request=3")))
        .contains("People of request 3", "W1260", "W1261", "deactivated")
        .doesNotContain("W1000", "the first");
    assertThat(text(page("/sessions/" + given.done + "?request=9"))).contains("Nobody");
    assertThat(browser.get("/sessions/" + given.done + "?request=x").statusCode()).isEqualTo(400);
  }

  @Test
  void anOpenSessionGoesOnByItselfUntilItHasEnded() {
    String open = page("/sessions/" + given.open);
    assertThat(open).contains("data-live", "hx-get=\"/sessions/" + given.open + "/now\"");
    assertThat(text(open)).contains("To be started when it is full", "so this session waits");
    given.go(Instant.now());
    given.end();
    String ended = page("/sessions/" + given.open);
    assertThat(ended).doesNotContain("data-live", "hx-get");
    assertThat(text(ended)).contains("Not verified", "Came to its end");
    assertThat(text(page("/sessions"))).contains("Open session none", "not verified");
  }

  @Test
  void whyItFailedOrWasGivenUpIsSaid() {
    assertThat(text(page("/sessions/" + given.failed)))
        .contains("Why it failed", "no request of it is taken", "HTTP 400 E0000001", "not taken");
    assertThat(text(page("/sessions/" + given.givenUp)))
        .contains("Why it was given up", "is not on any more", "their events wait again");
    HttpResponse<String> nothing = browser.get("/sessions/999999");
    assertThat(nothing.statusCode()).isEqualTo(404);
    assertThat(nothing.body()).contains("There is no session 999999");
  }

  @Test
  void onlyWhereThereIsSuchATargetThePageIsAmongThePages() {
    assertThat(page("/")).contains("href=\"/sessions\"").doesNotContain("href=\"/lines\"");
    assertThat(page("/instances/hcm-to-okta")).contains("Its sessions");
    try (RunningService other = RunningService.start()) {
      String overview = look(other, "/");
      assertThat(overview).contains("href=\"/events\"").doesNotContain("href=\"/sessions\"");
      assertThat(text(look(other, "/sessions"))).contains("Nobody is given in sessions");
    }
  }

  private static String look(RunningService service, String path) {
    return service
        .http()
        .exchange(
            RawHttp.request("GET", path)
                .header("Authorization", "Bearer " + RunningService.TOKEN)
                .header("Accept", "text/html"))
        .body();
  }
}
