package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The numbers of the overview are those of the tables. */
class OverviewTest {

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
    // The instance is off, so nothing of this is ever worked.
    run(
        """
        insert into event (instance, source, subject, cause, priority, status, due, appended_at,
          attempt, error, reason)
        select 'waiting', 'other', 'W' || n, 'MESSAGE', 2, 'NEW', now() - n * interval '1 hour',
          now() - interval '30 minutes', case when n = 1 then 1 else 0 end,
          case when n = 1 then 'UNAVAILABLE' end, case when n = 1 then 'nobody answers' end
        from generate_series(1, 3) n
        """);
    run(
        """
        insert into event (instance, source, subject, cause, priority, status, due, appended_at,
          reason)
        select 'waiting', 'other', 'L' || n, 'DUE', 2, 'NEW', now() + n * interval '10 days' + interval '1 hour',
          now() - interval '2 hours', 'affiliation STUDENT begins'
        from generate_series(1, 2) n
        """);
    run(
        """
        insert into event (instance, source, subject, cause, priority, status, due, appended_at,
          finished_at, attempt, reason)
        select 'waiting', 'other', status || n, 'REQUEST', 2, status,
          now() - interval '11 minutes' - case status when 'ERR' then interval '90 seconds'
            else interval '5 seconds' end,
          now() - interval '20 minutes', now() - interval '11 minutes', 1, 'it was ' || status
        from (values ('COMP', 1234), ('SKIP', 3), ('ERR', 2), ('SUSP', 1), ('CANC', 4))
          as s (status, many) cross join generate_series(1, many) n
        """);
    // What is held ended suspended, and is told as one.
    run(
        """
        insert into event (instance, source, subject, cause, priority, status, due, appended_at,
          finished_at, attempt, reason)
        select 'waiting', 'other', 'H' || n, 'REQUEST', 2, 'SUSP', now() - interval '2 days',
          now() - interval '2 days', now() - interval '2 days', 1, 'held: 5 of 4'
        from generate_series(1, 5) n
        """);
    run(
        """
        insert into held (instance, source, subject, class, event, reason, changes, same, held_at)
        select 'waiting', 'other', 'H' || n, 'deactivations', 1, '5 of 4', '[]', 'x' || n, now()
        from generate_series(1, 5) n
        """);
    run(
        """
        insert into finding (instance, source, subject, kind, text, since, last_seen)
        select 'waiting', 'other', 'F' || n, 'missing-attribute', 'no e-mail', now(), now()
        from generate_series(1, 6) n
        """);
    service.service().parts().pages().tally().count();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static void run(String sql) {
    service.database().jdbc().sql(sql).update();
  }

  private static String page(String path) {
    RawHttp.Answer answer =
        service
            .http()
            .exchange(
                RawHttp.request("GET", path)
                    .header("Authorization", "Bearer " + RunningService.TOKEN)
                    .header("Accept", "text/html"));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.body();
  }

  /** What stands in this cell of this instance's row, without marks. */
  private static String cell(String page, String instance, String label) {
    String row = page.split(">" + instance + "</a></th>", 2)[1].split("</tr>", 2)[0];
    Matcher cell =
        Pattern.compile("<td data-label=\"" + label + "\".*?</td>", Pattern.DOTALL).matcher(row);
    assertThat(cell.find()).as(label).isTrue();
    return cell.group().replaceAll("<[^>]+>", "").replaceAll("\\s+", " ").strip();
  }

  private static String finished(String page, String status) {
    Matcher number =
        Pattern.compile("href=\"/events\\?status=" + status + "\">([^<]*)</a></dd>").matcher(page);
    assertThat(number.find()).as(status).isTrue();
    return number.group(1);
  }

  @Test
  void anInstanceSaysHowItStands() {
    String page = page("/");
    assertThat(cell(page, "waiting", "State")).isEqualTo("off");
    assertThat(cell(page, "waiting", "Waiting")).isEqualTo("3");
    assertThat(cell(page, "waiting", "Lag")).isEqualTo("3 h");
    assertThat(cell(page, "waiting", "Due later")).isEqualTo("2");
    assertThat(cell(page, "waiting", "Held")).isEqualTo("5");
    assertThat(cell(page, "waiting", "Findings")).isEqualTo("6");
    assertThat(cell(page, "waiting", "Last message")).isEqualTo("30 min ago");
    assertThat(cell(page, "waiting", "Last error")).startsWith("#");
    assertThat(cell(page, "campus", "State")).isEqualTo("on");
    assertThat(cell(page, "campus", "Waiting")).isEqualTo("0");
    assertThat(cell(page, "campus", "Lag")).isEqualTo("none");
    assertThat(cell(page, "campus", "Last message")).isEqualTo("none yet");
  }

  @Test
  void whatNeedsAPersonIsCountedAndWhatIsTriedAgainIsToldApart() {
    assertThat(page("/"))
        .containsSubsequence("Needs a person", ">8<", "1 event failed and will be tried again")
        .contains("it was ERR", "it was SUSP")
        .contains("5 changes of waiting")
        .doesNotContain("held: 5 of 4");
  }

  @Test
  void eventsByStatusAndTheirChartsSayTheSame() {
    String page = page("/");
    assertThat(finished(page, "COMP")).isEqualTo("1,234");
    assertThat(finished(page, "SKIP")).isEqualTo("3");
    assertThat(finished(page, "ERR")).isEqualTo("2");
    assertThat(finished(page, "SUSP")).isEqualTo("1");
    assertThat(finished(page, "CANC")).isEqualTo("4");
    assertThat(page)
        .contains("1,244 events were finished in this time, at most 2,000 in one bar")
        .contains("The longest wait in this time was 90 s")
        .containsSubsequence(
            "<td data-label=\"Done\" class=\"number\">1,234</td>",
            "<td data-label=\"Skipped\" class=\"number\">7</td>",
            "<td data-label=\"Failed or suspended\" class=\"number\">3</td>",
            "<td data-label=\"Longest wait\" class=\"number\">90 s</td>")
        .containsSubsequence("bar-done", "bar-skipped", "bar-bad", "bar-wait");
  }

  @Test
  void whatIsDueNextStandsThereTheSoonestFirst() {
    assertThat(page("/")).containsSubsequence("Due next", "in 10 days", "L1", "in 20 days", "L2");
  }

  @Test
  void thePartThatGoesOnByItselfSaysTheSame() {
    String now = page("/now?range=day");
    assertThat(now).doesNotContain("<html");
    assertThat(cell(now, "waiting", "Waiting")).isEqualTo("3");
    assertThat(finished(now, "COMP")).isEqualTo("1,234");
    assertThat(page("/?range=day")).contains("hx-get=\"/now?range=day\"", "every 5s");
  }
}
