package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands around every page, and what a browser fetches beside it. */
class PageFrameTest {

  private static final Path RESOURCES = Path.of("src/main/resources/dev/rollcall/web");
  private static final Pattern ASSET = Pattern.compile("\"(/assets/[^\"]+)\"");

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static RawHttp.Answer page(String path) {
    return service
        .http()
        .exchange(
            RawHttp.request("GET", path)
                .header("Authorization", "Bearer " + RunningService.TOKEN)
                .header("Accept", "text/html,*/*"));
  }

  @Test
  void aPageStandsInTheFrameOnceAndMarksWhereOneIs() {
    RawHttp.Answer answer = page("/");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsOnlyOnce("<!DOCTYPE html>")
        .containsOnlyOnce("<title>Overview · Rollcall</title>")
        .containsOnlyOnce("aria-current=\"page\"")
        .contains(">campus<", ">waiting<", ">closed<");
  }

  @Test
  void whatAPageFetchesIsOpenAndMayBeKeptForEver() {
    Matcher asset = ASSET.matcher(page("/").body());
    int seen = 0;
    while (asset.find()) {
      RawHttp.Answer answer = service.http().exchange(RawHttp.request("GET", asset.group(1)));
      assertThat(answer.status()).as(asset.group(1)).isEqualTo(200);
      assertThat(answer.head()).contains("max-age=31536000");
      seen++;
    }
    assertThat(seen).isEqualTo(4);
  }

  @Test
  void noPageHoldsAScriptOrAStyleOfItsOwn() throws IOException {
    try (Stream<Path> templates = Files.list(RESOURCES.resolve("page"))) {
      List<Path> all = templates.toList();
      assertThat(all).isNotEmpty();
      for (Path template : all) {
        assertThat(Files.readString(template))
            .as(template.toString())
            .doesNotContainPattern(
                "<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]* th:src=)|th:style");
      }
    }
  }

  @Test
  void whatIsNotThereIsAPageForABrowserAndAProblemForAProgram() {
    RawHttp.Answer browser = page("/nothing");
    assertThat(browser.status()).isEqualTo(404);
    assertThat(browser.body()).contains("<title>There is nothing here · Rollcall</title>");

    RawHttp.Answer program = service.api("GET", "/api/nothing", "");
    assertThat(program.status()).isEqualTo(404);
    assertThat(program.head()).contains("application/problem+json");
    assertThat(program.body()).contains("\"status\":404");
  }
}
