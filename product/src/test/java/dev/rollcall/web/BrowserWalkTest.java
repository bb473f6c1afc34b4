package dev.rollcall.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
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
  private static final String ADMIN = "ada";
  private static final String LONG =
      "Karl-Friedrich Maximilian Johannes Theodor Wolfgang-Amadeus Bartholomäus";
  private static final String RIGHT_TO_LEFT = "محمد";
  private static final String WITHOUT_A_BLANK = "Wolfeschlegelsteinhausenbergerdorff".repeat(3);

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
    first = users.add(ADMIN, Role.ADMIN, false, "test").password();
    users.changePassword(ADMIN, first, PASSWORD);
    service.send(CampusXml.person("0001", "Refused"));
    service.send(CampusXml.person("0002", LONG));
    service.send(CampusXml.person("0003", RIGHT_TO_LEFT));
    service.send(CampusXml.person("0004", WITHOUT_A_BLANK.substring(0, 80)));
    service.send(CampusXml.person("0005", "Erasable"));
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
    return signedIn(USER, options);
  }

  private static Page signedIn(String user, NewContextOptions options) {
    Page window = chromium.window(options);
    window.navigate(service.url() + "/");
    window.getByLabel("Name").fill(user);
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
  void fromAPersonToTheAuditAndToWhatAnEntryKeeps() {
    page.navigate(service.url() + "/people/campus:0002");
    link("All the audit says").click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("Audit");
    assertThat(page.locator(".audit").getByText("Worked").first()).isVisible();
    page.getByLabel("Kind").selectOption("Event worked");
    page.getByRole(AriaRole.BUTTON, button("Show")).click();
    page.locator(".audit summary").last().click();
    assertThat(page.getByText("\"status\" : \"COMP\"").last()).isVisible();
    page.locator(".audit .where").last().getByRole(AriaRole.LINK).click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText("Event #");
    Download taken =
        page.waitForDownload(() -> {
          page.navigate(service.url() + "/audit?person=0002");
          link("Export CSV").click();
        });
    assertThat(taken.suggestedFilename()).isEqualTo("audit.csv");
  }

  @Test
  void anAdminErasesAPersonsPastAndSeesThatItIsErased() {
    Page admin = signedIn(ADMIN, new NewContextOptions().setViewportSize(1280, 900));
    admin.navigate(service.url() + "/people/campus:0005");
    admin.getByText("Erase the past").click();
    assertThat(admin.getByText("What is lost")).isVisible();
    admin.getByLabel("Why").fill("asked for by letter");
    admin.getByLabel("The person’s id, typed once more").fill("0005");
    admin.getByRole(AriaRole.BUTTON, button("Erase for ever")).click();
    assertThat(admin.getByText("Erased what was said about this person")).isVisible();
    admin.getByLabel("Kind").selectOption("Any");
    admin.getByRole(AriaRole.BUTTON, button("Show")).click();
    assertThat(admin.locator(".badge", new Page.LocatorOptions().setHasText("erased")).first())
        .isVisible();
    assertThat(events("0005", "COMP", "MESSAGE")).isEqualTo(1);
    admin.context().close();
  }

  @Test
  void anAdminAddsSomebodyWhoComesInAndIsPutOutAgain() {
    Page admin = signedIn(ADMIN, new NewContextOptions().setViewportSize(375, 800));
    admin.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Users")).click();
    admin.getByText("Add a user").click();
    admin.locator("#add-user").getByLabel("Name").fill("newt");
    admin.getByRole(AriaRole.BUTTON, button("Add")).click();
    String password = admin.getByLabel("Password").inputValue();
    Page newt = chromium.window(1280, 900);
    newt.navigate(service.url() + "/");
    newt.getByLabel("Name").fill("newt");
    newt.getByLabel("Password").fill(password);
    newt.getByRole(AriaRole.BUTTON, button("Sign in")).click();
    assertThat(newt).hasTitle("New password · Rollcall");
    newt.context().close();

    admin.getByText("I have it").click();
    admin.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("newt")).click();
    admin.getByText("operator", new Page.GetByTextOptions().setExact(true)).click();
    admin.getByRole(AriaRole.BUTTON, button("Save")).click();
    assertThat(admin.locator(".heading")).containsText("operator");
    admin.getByRole(AriaRole.BUTTON, button("Deactivate")).click();
    assertThat(admin.locator("h1")).containsText("deactivated");

    admin.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Users and tokens")).click();
    admin.getByText("Create a token").click();
    admin.locator("#add-token").getByLabel("Name").fill("portal");
    admin.getByRole(AriaRole.BUTTON, button("Create")).click();
    assertThat(admin.getByLabel("Token")).hasValue(Pattern.compile("rollcall_.+"));
    admin.getByText("I have it").click();
    admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke")).click();
    assertThat(admin.getByText("revoked", new Page.GetByTextOptions().setExact(true))).isVisible();
    assertThat(
            service.texts(
                "select entry ->> 'did' from audit where kind = 'access-changed'"
                    + " and entry ->> 'by' = 'ada' and entry ->> 'did' <> 'change password'"
                    + " order by id"))
        .containsExactly("add user", "change role", "disable user", "create token", "revoke token");
    admin.context().close();
  }

  @Test
  void whereTheKeyboardIsIsAlwaysSeen() {
    Page admin = signedIn(ADMIN, new NewContextOptions().setViewportSize(1280, 900));
    for (String path :
        List.of(
            "/", "/people", "/people/campus:0002", "/events", "/events/2", "/audit", "/users")) {
      admin.navigate(service.url() + path);
      admin.evaluate("document.activeElement.blur()");
      for (int i = 0; i < 25; i++) {
        admin.keyboard().press("Tab");
        assertThat(
                admin.evaluate(
                    """
                    () => { const e = document.activeElement; const s = getComputedStyle(e);
                      return e === document.body || (s.outlineStyle !== 'none'
                        && parseFloat(s.outlineWidth) >= 2) ? '' : e.outerHTML; }
                    """))
            .as(path)
            .isEqualTo("");
      }
    }
    admin.context().close();
  }

  @Test
  void onAPhoneThePageOneIsAtStandsInTheRowOfPages() {
    Page phone = signedIn(ADMIN, new NewContextOptions().setViewportSize(375, 800));
    phone.navigate(service.url() + "/users");
    assertThat(phone.locator(".nav [aria-current]")).isInViewport();
    phone.context().close();
  }

  @Test
  void nothingIsWiderThanAPhoneNorLosesItsNames() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page phone =
          signedIn(ADMIN, new NewContextOptions().setViewportSize(375, 800).setColorScheme(scheme));
      for (String path :
          List.of(
              "/",
              "/people",
              "/people?q=smith",
              "/people/campus:0002",
              "/people/campus:0003",
              "/events",
              "/people/campus:0004",
              "/people/campus:0004/erase",
              "/people/campus:0004/preview?instance=campus",
              "/events/1",
              "/events/1/message",
              "/events/4",
              "/events/4/message",
              "/instances/campus",
              "/suspended",
              "/held",
              "/findings",
              "/audit",
              "/audit?person=smith",
              "/settings",
              "/users",
              "/users/ann")) {
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
