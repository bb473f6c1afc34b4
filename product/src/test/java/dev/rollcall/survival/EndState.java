package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.survival.Person.Truth;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must be in the tables when everything was told and nothing waits any more. */
final class EndState {

  private static final String IDENTITIES =
      """
      select i.login, i.attributes ->> 'email' as email, i.attributes ->> 'last_name' as last_name,
        a.to_date, i.status, a.enabled
      from identity i left join identity_affiliation a on a.identity = i.id
      """;

  private static final String EMAILS =
      """
      select a.subject, c ->> 'before' as before, c ->> 'after' as after
      from audit a, json_array_elements(a.entry -> 'changes') c
      where a.kind = 'outcome' and a.entry ->> 'status' = 'COMP' and c ->> 'attribute' = 'email'
      order by a.id
      """;

  private final Tables tables;
  private final List<Person> people;

  EndState(Tables tables, List<Person> people) {
    this.tables = tables;
    this.people = people;
  }

  /** Looks at everything. */
  void check(Set<String> acknowledged) {
    everyMessageIsStoredOnceAndInOrder(acknowledged);
    everybodyIsAsTheLastMessageSays();
    everybodyHasTheRolesOfTheirAffiliations();
    everybodyHasOneLink();
    everyEventEndedWell();
    everyEventEndedOnce();
    whatWasAppliedNeverWentBack();
    oneDateIsPendingForEverybody();
  }

  private void everyMessageIsStoredOnceAndInOrder(Set<String> acknowledged) {
    List<String> stored = tables.texts("select transaction_id from campus_message order by id");
    assertThat(stored).as("messages stored twice").doesNotHaveDuplicates();
    assertThat(stored)
        .as("stored messages, against the acknowledged ones")
        .containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(tables.texts("select transaction_id from campus_message where state <> 'APPLIED'"))
        .as("messages taken for older ones, though each person's were sent in order")
        .isEmpty();
    Map<String, Integer> last = new HashMap<>();
    for (String id : stored) {
      String[] parts = id.split("\\.", -1);
      int number = Integer.parseInt(parts[2]);
      assertThat(number).as(id).isEqualTo(last.getOrDefault(parts[1], 0) + 1);
      last.put(parts[1], number);
    }
    assertThat(tables.count("select count(*) from event where cause = 'MESSAGE'"))
        .as("each message has its event")
        .isEqualTo(stored.size());
  }

  private void everybodyIsAsTheLastMessageSays() {
    Map<String, Truth> wanted = new TreeMap<>();
    people.forEach(person -> wanted.put(person.emplid(), person.truth()));
    Map<String, Truth> found = new TreeMap<>();
    List<String> logins = new ArrayList<>();
    tables
        .jdbc()
        .sql(IDENTITIES)
        .query(row -> {
          String login = row.getString("login");
          logins.add(login);
          assertThat(row.getBoolean("enabled"))
              .as("affiliation of %s", login)
              .isEqualTo(row.getString("status").equals("ENABLED"));
          found.put(
              login,
              new Truth(
                  row.getString("email"),
                  row.getString("last_name"),
                  row.getObject("to_date", LocalDate.class),
                  row.getString("status").equals("ENABLED")));
        });
    assertThat(logins).as("two identities of one person").doesNotHaveDuplicates();
    assertThat(found).isEqualTo(wanted);
  }

  private void everybodyHasTheRolesOfTheirAffiliations() {
    assertThat(
            tables.texts(
                "select identity || ' ' || r.name from identity_role m join role r on r.id = m.role"))
        .containsExactlyInAnyOrderElementsOf(
            tables.texts(
                "select distinct identity || ' ' || code from identity_affiliation where enabled"));
  }

  private void everybodyHasOneLink() {
    assertThat(
            tables.texts(
                "select l.subject from link l join identity i on i.id::text = l.account_id"
                    + " and i.login = l.subject"))
        .containsExactlyInAnyOrderElementsOf(people.stream().map(Person::emplid).toList());
    assertThat(tables.count("select count(*) from link")).isEqualTo(people.size());
  }

  private void everyEventEndedWell() {
    assertThat(tables.unfinished()).isEmpty();
    assertThat(
            tables.texts(
                "select id || ' ' || subject || ' ' || status || ' ' || coalesce(reason, '')"
                    + " from event where status in ('ERR', 'SUSP')"))
        .isEmpty();
  }

  private void everyEventEndedOnce() {
    assertThat(
            tables.texts(
                """
                select e.id || ' ' || e.status || ' has ' || count(a.id) || ' final outcomes'
                from event e left join audit a on a.event = e.id and a.kind = 'outcome'
                  and a.entry ->> 'status' <> 'NEW'
                group by e.id
                having count(a.id) <> (case when e.status in ('COMP', 'SKIP') then 1 else 0 end)
                """))
        .isEmpty();
  }

  /** Each outcome begins where the one before it ended, and only goes forward. */
  private void whatWasAppliedNeverWentBack() {
    Map<String, String> last = new HashMap<>();
    tables
        .jdbc()
        .sql(EMAILS)
        .query(row -> {
          String subject = row.getString("subject");
          String after = row.getString("after");
          assertThat(row.getString("before")).as(subject).isEqualTo(last.get(subject));
          assertThat(after).as(subject).isGreaterThan(last.getOrDefault(subject, ""));
          last.put(subject, after);
        });
    people.forEach(
        person -> assertThat(last.get(person.emplid())).isEqualTo(person.truth().email()));
  }

  private void oneDateIsPendingForEverybody() {
    Map<String, LocalDate> wanted = new TreeMap<>();
    people.stream()
        .filter(person -> person.truth().enabled())
        .forEach(person -> wanted.put(person.emplid(), person.truth().studentUntil().plusDays(1)));
    Map<String, LocalDate> pending = new TreeMap<>();
    tables
        .jdbc()
        .sql("select subject, due::date as day from event where status = 'NEW' and cause = 'DUE'")
        .query(row -> {
          assertThat(pending.put(row.getString("subject"), row.getObject("day", LocalDate.class)))
              .as("two pending dates of %s", row.getString("subject"))
              .isNull();
        });
    assertThat(pending).isEqualTo(wanted);
  }
}
