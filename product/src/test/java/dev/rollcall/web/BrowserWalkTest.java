package dev.rollcall.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rollcall.access.Role;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What people do with a browser, by the words they see; what came of it is looked up in the
 * database. Needs a Chromium.
 */
class BrowserWalkTest {

  private static final String PASSWORD = "three quiet blue herons";
  private static final String USER = "ann";
  private static final String LONG =
      "Karl-Friedrich Maximilian Johannes Theodor Wolfgang-Amadeus Bartholomäus";
  private static final String RIGHT_TO_LEFT = "محمد";

  private static Chromium chromium;
  private static RunningService service;

  private Page page;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    service = RunningService.start();
    var users = service.service().access().users();
    String first = users.add(USER, Role.OPERATOR, false, "test").password();
    users.changePassword(USER, first, PASSWORD);
    // Whoever is called Refused cannot be stored, until somebody mends it.
    service
        .database()
        .jdbc()
        .sql(
            "alter table identity add constraint nobody_is_refused"
                + " check (attributes ->> 'first_name' is distinct from 'Refused')")
        .update();
    service.send(CampusXml.person("0001", "Refused"));
    service.send(CampusXml.person("0002", LONG));
    service.send(CampusXml.person("0003", RIGHT_TO_LEFT));
    service.settle();
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() {
    chromium.forget();
    page = signedIn(new NewContextOptions().setViewportSize(1280, 900));
  }

  @AfterEach
  void nothingWasComplainedAbout() {
    page.context().close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static Page signedIn(NewContextOptions options) {
    Page window = chromium.window(options);
    window.navigate(service.url() + "/");
    window.getByLabel("Name").fill(USER);
    window.getByLabel("Password").fill(PASSWORD);
    window.getByRole(AriaRole.BUTTON, button("Sign in")).click();
    assertThat(window).hasTitle("Overview · Rollcall");
    return window;
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).first();
  }

  private static long events(String subject, String status, String cause) {
    return service
        .database()
        .jdbc()
        .sql(
            "select count(*) from event where subject = :subject and status = :status"
                + " and cause = :cause")
        .params(Map.of("subject", subject, "status", status, "cause", cause))
        .query(Long.class)
        .single();
  }

  @Test
  void fromTheOverviewToAFailedEventToThePersonToARetryThatSucceeds() {
    assertThat(
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Needs a person")))
        .isVisible();
    link("nobody_is_refused").click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText("failed");
    assertThat(page.getByText("The source sent a message about this person.")).isVisible();

    link("Refused Smith").click();
    assertThat(page.getByText("There is no account yet: making it failed.")).isVisible();
    assertThat(page.getByText("FIRST_NAME", new Page.GetByTextOptions().setExact(true)))
        .isVisible();
    service
        .database()
        .jdbc()
        .sql("alter table identity drop constraint nobody_is_refused")
        .update();
    page.locator(".verdict").getByRole(AriaRole.LINK).click();
    page.getByRole(AriaRole.BUTTON, button("Retry")).click();

    // The page of the new event goes on by itself.
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText("done");
    assertThat(page.getByText("Asked for by ann")).isVisible();
    assertThat(events("0001", "ERR", "MESSAGE")).isEqualTo(1);
    assertThat(events("0001", "COMP", "RETRY")).isEqualTo(1);
    assertThat(service.identity("0001").path("first_name").asString()).isEqualTo("Refused");
    assertThat(
            service.texts(
                "select entry ->> 'by' from audit where kind = 'requested' and subject = '0001'"))
        .containsExactly(USER);

    link("Refused Smith").click();
    assertThat(page.getByText("The account is there and enabled.")).isVisible();
  }

  @Test
  void aPersonIsFoundWhileTypingAndLookedAtAgain() {
    link("People").click();
    page.getByLabel("Find somebody").fill("bartho");
    link(LONG).click();
    assertThat(page.getByText("The account is there and enabled.")).isVisible();
    page.getByRole(AriaRole.BUTTON, button("Re-sync")).click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText("done");
    assertThat(events("0002", "COMP", "RESYNC")).isEqualTo(1);
  }

  @Test
  void anEventThatComesAppearsInTheListByItself() {
    link("Events").click();
    assertThat(page.getByText("Newcomer")).hasCount(0);
    service.send(CampusXml.person("0009", "Newcomer"));
    assertThat(link("Newcomer Smith")).isVisible();
    Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("Newcomer"));
    assertThat(row.first()).containsText("done");
  }

  @Test
  void aPageNobodyLooksAtAsksNothing() {
    link("Events").click();
    page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.away === true})");
    page.evaluate("window.away = true");
    List<String> asked = new CopyOnWriteArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    page.evaluate("document.querySelectorAll('[data-live]').forEach(e => htmx.trigger(e, 'wake'))");
    assertThat(asked).isEmpty();
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))");
    page.waitForResponse(Pattern.compile("/events/new"), () -> {});
    assertThat(asked).isNotEmpty();
  }

  @Test
  void nothingIsWiderThanAPhoneNorLosesItsNames() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page phone =
          signedIn(new NewContextOptions().setViewportSize(375, 800).setColorScheme(scheme));
      for (String path :
          List.of(
              "/",
              "/people",
              "/people?q=smith",
              "/people/campus:0002",
              "/people/campus:0003",
              "/events",
              "/events/1",
              "/events/1/message")) {
        phone.navigate(service.url() + path);
        assertThat(
                phone.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
            .as(path)
            .isEqualTo(0);
      }
      phone.navigate(service.url() + "/people/campus:0003");
      assertThat(phone.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
          .containsText(RIGHT_TO_LEFT);
      phone.context().close();
    }
  }

  @Test
  void theKeyboardIsEnough() {
    page.keyboard().press("Tab");
    assertThat(page.getByText("Skip to the content")).isFocused();
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    Locator search = page.getByLabel("Find somebody").last();
    assertThat(search).isFocused();
    page.keyboard().type("0003");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText(RIGHT_TO_LEFT);
  }
}
