package dev.rollcall.demo;

import dev.rollcall.db.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Rollcall's own database says about the route from HR to Okta. */
final class RollcallSide {

  static final String HR_TO_OKTA = "hr-to-okta";

  private static final String USERS = "/api/v1/users";
  private static final String OF_ONE = USERS + "/[^/]+";

  private final Database database;

  RollcallSide(Database database) {
    this.database = database;
  }

  /** How many events of an instance have each status. */
  Map<String, Long> events(String instance) {
    Map<String, Long> events = new LinkedHashMap<>();
    for (String status : List.of("NEW", "QUE", "COMP", "SKIP", "SUSP", "ERR", "CANC")) {
      events.put(
          status,
          database
              .jdbc()
              .sql("select count(*) from event where instance = :instance and status = :status")
              .param("instance", instance)
              .param("status", status)
              .query(Long.class)
              .single());
    }
    return events;
  }

  /** Whether somebody's account waits for a person's decision. */
  boolean isSuspended(String oprid) {
    return database
            .jdbc()
            .sql(
                "select count(*) from event where instance = :instance and subject = :subject"
                    + " and status = 'SUSP'")
            .param("instance", HR_TO_OKTA)
            .param("subject", oprid)
            .query(Long.class)
            .single()
        > 0;
  }

  /**
   * Events of an instance that ended as errors, or wait for a person, and of which no line of a
   * request tells why: who has none that is an error, or none that is open.
   */
  List<String> unexplained(String instance) {
    return database
        .jdbc()
        .sql(
            """
            select 'event ' || e.id || ' of ' || e.subject || ' is ' || e.status || ': '
              || coalesce(e.reason, '')
            from event e
            where e.instance = :instance and e.status in ('ERR', 'SUSP')
              and not exists (
                select 1 from request_line l
                where l.instance = e.instance and l.source = e.source and l.subject = e.subject
                  and (l.event = e.id and l.status = 'ERR'
                    or e.status = 'SUSP' and l.status = 'INPR'))
            order by e.id
            """)
        .param("instance", instance)
        .query((row, number) -> row.getString(1))
        .list();
  }

  /** How its lines stand, by batch and number: the last generation of each. */
  Map<String, HrLine> lines() {
    Map<String, HrLine> lines = new LinkedHashMap<>();
    database
        .jdbc()
        .sql(
            """
            select distinct on (batch, line) batch || '/' || line, subject, action, status,
              coalesce(text, ''), coalesce(account_id, '')
            from request_line where instance = :instance order by batch, line, generation desc
            """)
        .param("instance", HR_TO_OKTA)
        .query(row -> {
          lines.put(row.getString(1), HrLine.of(row));
        });
    return lines;
  }

  /** Ids of accounts by OPRID. */
  Map<String, String> links() {
    Map<String, String> links = new LinkedHashMap<>();
    database
        .jdbc()
        .sql("select subject, account_id from link where source = 'hr'")
        .query(row -> {
          links.put(row.getString(1), row.getString(2));
        });
    return links;
  }

  /** How many calls it made of Okta, those that only read among them. */
  long calls() {
    return number("select coalesce(sum(calls), 0) from call_budget");
  }

  /** How many of its calls Okta had no room for. */
  long refused() {
    return number("select coalesce(sum(calls_refused), 0) from call_budget");
  }

  /**
   * A call that was to change something, as the audit has it.
   *
   * @param id by which Okta knows it; null when there was no answer
   * @param status null when there was no answer
   */
  record Write(@Nullable String id, String method, String path, @Nullable Integer status) {
    boolean done() {
      return status != null && status < 300;
    }
  }

  /** All of them in order. */
  List<Write> writes() {
    return database
        .jdbc()
        .sql(
            """
            select entry->>'requestId', entry->>'method', entry->>'path', (entry->>'status')::int
            from audit where kind = 'call' and instance = :instance and entry->>'method' <> 'GET'
            order by id
            """)
        .param("instance", HR_TO_OKTA)
        .query((row, number) ->
            new Write(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, Integer.class)))
        .list();
  }

  /** What was done to accounts. */
  Map<String, Long> accounts() {
    Map<String, Long> accounts = new LinkedHashMap<>();
    List<Write> writes = writes();
    accounts.put("created", done(writes, USERS));
    accounts.put("updated", done(writes, OF_ONE));
    for (String what : List.of("activate", "deactivate", "suspend", "unsuspend")) {
      String past = what.endsWith("e") ? what + "d" : what + "ed";
      accounts.put(past, done(writes, OF_ONE + "/lifecycle/" + what));
    }
    return accounts;
  }

  private static long done(List<Write> writes, String path) {
    return writes.stream()
        .filter(write -> write.done() && write.method().equals("POST"))
        .filter(write -> write.path().matches(path))
        .count();
  }

  private long number(String sql) {
    return database.jdbc().sql(sql).query(Long.class).single();
  }
}
