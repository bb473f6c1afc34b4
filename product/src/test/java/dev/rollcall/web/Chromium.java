package dev.rollcall.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The machine's own Chromium, driven as a person would; nothing is downloaded. */
final class Chromium implements AutoCloseable {

  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/snap/bin/chromium");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Chromium(Path program) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  /** Starts it; a machine without one skips the test and says so. */
  static Chromium start() {
    Optional<Path> program = program();
    String missing =
        "NOT TESTED: there is no Chromium at any of %s; install one, or name it with"
                .formatted(PLACES)
            + " ROLLCALL_CHROMIUM";
    if (program.isEmpty()) {
      System.err.println(missing);
    }
    assumeTrue(program.isPresent(), missing);
    return new Chromium(program.orElseThrow());
  }

  private static Optional<Path> program() {
    return Stream.concat(Stream.ofNullable(System.getenv("ROLLCALL_CHROMIUM")), PLACES.stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A window of its own, without anybody's cookies. */
  Page window(int width, int height) {
    return window(new Browser.NewContextOptions().setViewportSize(width, height));
  }

  /** A window of its own, as these options say. */
  Page window(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(20_000);
    Page page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    return page;
  }

  /** What the browser complained about: scripts that failed, styles it would not take. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Forgets what it complained about so far. */
  void forget() {
    complaints.clear();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
