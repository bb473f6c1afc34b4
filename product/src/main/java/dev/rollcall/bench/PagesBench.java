package dev.rollcall.bench;

import dev.rollcall.app.Home;
import dev.rollcall.app.Service;
import dev.rollcall.config.Settings;
import dev.rollcall.config.SettingsFile;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the service takes to answer for each page when there are very many events, one request
 * after the other. The tables are filled by statements, because a day's work is what is looked at
 * and not what is measured; everything was finished within the last day, which is what charts and
 * lists find hardest.
 */
public final class PagesBench {

  private static final int WARM_UP = 5;
  private static final int TIMES = 20;
  private static final int EVENTS_OF_ONE = 10;

  /** Of {@code :events} in ten thousand: what is rare stands among the oldest. */
  private static final String EVENTS =
      """
      insert into event (instance, source, subject, cause, priority, status, attempt, due, parent,
        appended_at, finished_at, reason, error)
      select 'campus', 'campus', to_char(n % :people, 'FM0000000000'), k.cause, 2, k.status,
        case k.status when 'NEW' then 0 else 1 end,
        case when k.cause = 'DUE' then now() + (n % 400) * interval '1 day' else t.at end, null,
        t.at, case when k.status <> 'NEW' then t.at + (n % 7) * interval '1 second' end,
        case k.status when 'COMP' then 'changed' when 'SKIP' then 'older: a newer message was there'
          when 'ERR' then 'login is taken' when 'SUSP' then 'two accounts fit'
          when 'CANC' then 'event has seen the same facts' else 'affiliation ends' end,
        case k.status when 'ERR' then 'CONFLICT' end
      from generate_series(1, :events::bigint) n
        cross join lateral (select
          now() - (:events - n) * interval '86000 seconds' / :events as at) t
        cross join lateral (select
          case when n % 20 = 7 and n < :events / 2 then 'DUE' when n % 50000 = 3 then 'RETRY'
            when n % 100 = 9 then 'RESYNC' else 'MESSAGE' end as cause,
          case when n % 20 = 7 and n < :events / 2 then 'NEW' when n > :events * 0.98 then 'NEW'
            when n % 20 = 1 then 'SKIP' when n % 50 = 2 then 'CANC'
            when n % 200 = 4 and n < :events / 3 then 'ERR' when n % 1000 = 5 then 'SUSP'
            else 'COMP' end as status) k
      """;

  private static final String PEOPLE =
      """
      insert into identity (login, status, attributes, created_at, changed_at)
      select to_char(n, 'FM0000000000'), case when n % 50 = 0 then 'DISABLED' else 'ENABLED' end,
        jsonb_build_object(
          'first_name', (array['Ann', 'José', 'Łukasz', 'Siobhán', 'Ming', 'Olu'])[1 + n % 6]
            || (array['', '-Sophie', ' Maria', 'a', 'e'])[1 + n % 5],
          'last_name', (array['Smith', 'García', 'Nguyễn', 'van der Berg', 'O''Neil', 'Müller',
            'Smith-Jones'])[1 + n % 7] || chr(97 + (n / 7) % 26) || chr(97 + (n / 182) % 26),
          'email', 'p' || n || '@example.edu', 'campus_id', 'C' || n),
        now(), now()
      from generate_series(0, :people - 1) n
      """;

  private static final String LINKS =
      """
      insert into link (target, source, subject, account_id, linked_at, event, origins)
      select 'repository', 'campus', login, id::text, now(), 1, '{}' from identity
      where id % 200 <> 0
      """;

  private static final String FACTS =
      """
      insert into campus_person (instance, emplid, standing, facts, applied_timestamp,
        applied_message_id, applied_hash)
      select p.instance, to_char(n, 'FM0000000000'), p.standing, p.facts, p.applied_timestamp,
        p.applied_message_id, p.applied_hash
      from campus_person p cross join generate_series(0, :people - 1) n where p.emplid = 'M0'
      """;

  private static final String MESSAGES =
      """
      insert into campus_message (instance, emplid, message_name, orig_timestamp, arrived_at,
        root_action, state, content_hash, headers, raw)
      select m.instance, e.subject, m.message_name, e.appended_at, e.appended_at, m.root_action,
        'APPLIED', m.content_hash, m.headers, m.raw
      from campus_message m cross join event e
      where m.emplid = 'M0' and e.cause = 'MESSAGE' and e.id % 5 = 0
      """;

  private static final String AUDIT =
      """
      insert into audit (at, kind, instance, source, subject, event, entry)
      select coalesce(finished_at, appended_at), 'outcome', instance, source, subject, id,
        json_build_object('status', status, 'attempt', 1, 'reason', reason, 'changes',
          json_build_array(json_build_object('change', 'Update', 'attribute', 'email', 'before',
            'old@example.edu', 'after', 'new@example.edu', 'reason', 'differs')))
      from event where status <> 'NEW'
      """;

  private final Home home;
  private final ScratchDatabase scratch;

  public PagesBench(Home home, ScratchDatabase scratch) {
    this.home = home;
    this.scratch = scratch;
  }

  /** Measures every page with this many events, about a tenth as many people. */
  public Map<String, Object> run(int events) throws IOException, InterruptedException {
    try (Service service = Service.start(settings(), home, 0, Duration.ZERO);
        HttpSender sender = new HttpSender(Duration.ofSeconds(60))) {
      URI base = URI.create("http://127.0.0.1:" + service.port());
      int people = Math.max(events / EVENTS_OF_ONE, 100);
      long started = System.nanoTime();
      MessageBench.send(sender, base.resolve("/PeopleSoftOIMListener"), "M0");
      fill(events, people);
      long filled = Math.round((System.nanoTime() - started) / 1e9);
      scratch.database().jdbc().sql("delete from event_tally_until").update();
      long counting = System.nanoTime();
      service.parts().pages().tally().count();
      double counted = (System.nanoTime() - counting) / 1e6;
      List<Map<String, Object>> pages = new ArrayList<>();
      double slowest = 0;
      for (Map.Entry<String, String> page : pages(events, people).entrySet()) {
        double[] millis = measure(sender, base.resolve(page.getValue()), service.token());
        slowest = Math.max(slowest, millis[millis.length - 1]);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("page", page.getKey());
        told.put("path", page.getValue());
        told.put("p50Ms", rounded(millis[millis.length / 2]));
        told.put("maxMs", rounded(millis[millis.length - 1]));
        pages.add(told);
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("events", events);
      result.put("people", people);
      result.put("secondsToFill", filled);
      result.put("tallyOfTheDayMs", rounded(counted));
      result.put("slowestMs", rounded(slowest));
      result.put("pages", pages);
      return result;
    }
  }

  private Map<String, String> pages(int events, int people) {
    long rare =
        scratch
            .database()
            .jdbc()
            .sql("select id from event where status = 'ERR' order by id desc limit 1")
            .query(Long.class)
            .optional()
            .orElse(1L);
    String day =
        scratch
            .database()
            .jdbc()
            .sql(
                "select to_char((now() - interval '12 hours') at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI')")
            .query(String.class)
            .single();
    String person = String.format(Locale.ROOT, "%010d", people / 3);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("overview, last hour", "/");
    pages.put("overview, last day", "/?range=day");
    pages.put("events", "/events");
    pages.put("events, in the middle", "/events?before=" + events / 2);
    pages.put("events, failed", "/events?status=ERR");
    pages.put("events, waiting", "/events?status=NEW");
    pages.put("events, done", "/events?status=COMP");
    pages.put("events, one instance", "/events?instance=waiting");
    pages.put("events, retries", "/events?cause=RETRY");
    pages.put("events, failed retries", "/events?status=ERR&cause=RETRY");
    pages.put("events, until half a day ago", "/events?status=COMP&to=" + day);
    pages.put("events, since half a day ago, failed", "/events?status=ERR&from=" + day);
    pages.put("audit", "/audit");
    pages.put("audit, in the middle", "/audit?before=" + events / 2);
    pages.put("audit, outcomes of one instance", "/audit?kind=outcome&instance=campus");
    pages.put("audit, an instance that did nothing", "/audit?instance=nowhere");
    pages.put("audit, national ids looked at", "/audit?kind=national-id-seen");
    pages.put("audit, until half a day ago", "/audit?to=" + day);
    pages.put("audit of an event", "/audit?event=" + rare);
    pages.put("audit of a person", "/audit?person=campus%3A" + person);
    pages.put("audit of a person by name", "/audit?person=garciaaa");
    pages.put("events of a person by name", "/events?person=garciaaa");
    pages.put(
        "events, what is new", "/events/new?after=" + (events - 10) + "&open=" + (events - 5));
    pages.put("event", "/events/" + rare);
    pages.put("event, newest", "/events/" + events);
    pages.put("people without an account", "/people");
    pages.put("people by name", "/people?q=ann%20smith");
    pages.put("people by one letter", "/people?q=s");
    pages.put("people by e-mail", "/people?q=p77%40example");
    pages.put("people by id", "/people?q=00000012");
    pages.put("people, nobody", "/people?q=zzzz");
    pages.put("person", "/people/campus:" + person);
    pages.put(
        "person without an account", "/people/campus:" + String.format(Locale.ROOT, "%010d", 199));
    return pages;
  }

  private void fill(int events, int people) {
    // So that what is sent stays where it is: its ids begin the table.
    scratch.database().jdbc().sql("truncate event restart identity").update();
    for (String sql : List.of(PEOPLE, LINKS, EVENTS, FACTS, MESSAGES, AUDIT)) {
      var statement = scratch.database().jdbc().sql(sql);
      if (sql.contains(":people")) {
        statement = statement.param("people", people);
      }
      if (sql.contains(":events")) {
        statement = statement.param("events", events);
      }
      statement.update();
    }
    scratch.database().jdbc().sql("analyze").update();
  }

  private static double[] measure(HttpSender sender, URI page, String token) throws IOException {
    Map<String, String> headers = Map.of("Authorization", "Bearer " + token, "Accept", "text/html");
    double[] millis = new double[TIMES];
    for (int i = -WARM_UP; i < TIMES; i++) {
      long start = System.nanoTime();
      Exchange exchange = sender.send("GET", page, headers, "");
      if (!exchange.success()) {
        throw new IOException(page + " was answered with " + exchange.status());
      }
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  private Settings settings() throws IOException {
    Path file = Files.createTempFile("bench", ".yaml");
    try {
      Files.writeString(
          file,
          """
          database: {url: local, name: %s}
          instances:
            campus: {itResource: PSFT Campus, state: off}
            waiting: {itResource: PSFT Waiting, state: off, source: other}
          """
              .formatted(scratch.name()));
      return new SettingsFile(Map.of()).read(file);
    } finally {
      Files.delete(file);
    }
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.1f", value));
  }
}
