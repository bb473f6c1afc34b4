package dev.rollcall.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions of many people in a browser, by the words people see. Needs a Chromium. */
class SessionsBrowserTest {

  private static Chromium chromium;
  private static GivenSessions given;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    given = GivenSessions.start();
  }

  @AfterAll
  static void stop() {
    if (given != null) {
      given.close();
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
    window.navigate(given.service().url() + "/");
    window.getByLabel("Name").fill("vera");
    window.getByLabel("Password").fill(GivenSessions.PASSWORD);
    window.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    assertThat(window).hasTitle("Overview · Rollcall");
    return window;
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void whoLooksSeesTheSessionGoOnAndFindsWhoFailed() {
    Page page = signedIn(new NewContextOptions().setViewportSize(1280, 900));
    page.getByRole(AriaRole.LINK, named("Sessions")).click();
    assertThat(page.getByText("1 of 2")).isVisible();
    given.go(Instant.now().plusSeconds(290));
    assertThat(page.getByText("2 of 2")).isVisible();
    assertThat(page.getByText("permitted from")).isVisible();
    page.getByRole(AriaRole.LINK, named("#" + given.done)).click();
    assertThat(page.getByText(GivenSessions.WHY)).isVisible();
    page.getByRole(AriaRole.LINK, named("3")).click();
    assertThat(page.getByText("People of request 3").first()).isVisible();
    assertThat(page.getByText("W1260")).isVisible();
    page.context().close();
  }

  @Test
  void nothingIsWiderThanAPhone() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page phone =
          signedIn(new NewContextOptions().setViewportSize(375, 800).setColorScheme(scheme));
      for (String path :
          List.of(
              "/sessions",
              "/sessions?before=1",
              "/sessions/" + given.done,
              "/sessions/" + given.failed,
              "/sessions/" + given.open,
              "/instances/" + GivenSessions.INSTANCE)) {
        phone.navigate(given.service().url() + path);
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
