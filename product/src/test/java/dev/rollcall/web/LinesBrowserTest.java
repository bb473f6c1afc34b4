package dev.rollcall.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What people do about request lines with a browser, by the words they see; what came of it is
 * looked up in the database. Needs a Chromium.
 */
class LinesBrowserTest {

  private static Chromium chromium;
  private static HrService hr;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    hr = HrService.start();
    hr.okta(
        "faults", "{'fault':'spuriousProperty','method':'POST','path':'/api/v1/users','times':2}");
    hr.people("fill", "{'people':8,'requests':true,'batch':50}");
    hr.settle();
  }

  @AfterAll
  static void stop() {
    if (hr != null) {
      hr.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void nothingWasComplainedAbout() {
    assertThat(chromium.complaints()).isEmpty();
  }

  private static Page signedIn(NewContextOptions options) {
    Page window = chromium.window(options);
    window.navigate(hr.service().url() + "/");
    window.getByLabel("Name").fill("olaf");
    window.getByLabel("Password").fill(HrService.PASSWORD);
    window.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    assertThat(window).hasTitle("Overview · Rollcall");
    return window;
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static final String REFUSED =
      "from request_line where text like '%HTTP 400 E0000001%' and generation = 1";

  @Test
  void theErrorsOfABatchAreTriedAgainAndEnd() {
    Page page = signedIn(new NewContextOptions().setViewportSize(1280, 900));
    page.getByRole(AriaRole.LINK, named("Lines")).click();
    page.getByRole(AriaRole.LINK, named("Batches")).click();
    assertThat(page.getByText("ended with errors").first()).isVisible();
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("Retry \\d+ errors?")))
        .first()
        .click();
    assertThat(page.getByText("tried again: the list below goes on by itself")).isVisible();
    hr.settle();

    assertThat(hr.service().number("select count(distinct subject) " + REFUSED)).isEqualTo(2);
    assertThat(
            hr.service()
                .texts(
                    "select status from request_line where (batch, line) in (select batch, line "
                        + REFUSED
                        + ") and generation = 2"))
        .isNotEmpty()
        .allMatch(status -> status.equals("COMP") || status.equals("WARN"));
    assertThat(
            hr.service()
                .texts("select distinct entry ->> 'by' from audit where kind = 'requested'"))
        .containsExactly("olaf");
    page.context().close();
  }

  @Test
  void nothingIsWiderThanAPhone() {
    String line = hr.service().texts("select id::text " + REFUSED).getFirst();
    String event = hr.service().texts("select event::text " + REFUSED).getFirst();
    String person = hr.service().texts("select source || ':' || subject " + REFUSED).getFirst();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page phone =
          signedIn(new NewContextOptions().setViewportSize(375, 800).setColorScheme(scheme));
      for (String path :
          List.of(
              "/",
              "/lines",
              "/lines?status=ERR",
              "/lines/batches",
              "/lines/" + line,
              "/calls",
              "/instances/hr-to-okta",
              "/findings",
              "/events/" + event,
              "/people/" + person)) {
        phone.navigate(hr.service().url() + path);
        phone.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");
        assertThat(
                phone.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
            .as(path)
            .isEqualTo(0);
      }
      phone.context().close();
    }
  }
}
