package dev.rollcall.connector.repository;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Account;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.ConnectorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds identities by their login and by other attributes, a claim of people at a time. */
final class RepositorySearch {

  /** Stands in SQL text, because an index is used only by the same expression. */
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9_]{0,40}");

  private final JdbcClient jdbc;
  private final RepositoryRows rows;
  private final Set<String> indexed = new ConcurrentSkipListSet<>();

  RepositorySearch(JdbcClient jdbc, RepositoryRows rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
    Map<String, Set<String>> sought = new TreeMap<>();
    criteria
        .values()
        .forEach(wanted ->
            wanted.forEach((attribute, value) ->
                sought.computeIfAbsent(attribute, _ -> new TreeSet<>()).add(value)));
    Map<Long, RepositoryRows.Identity> hits = new TreeMap<>();
    sought.forEach((attribute, values) ->
        byAttribute(attribute, values).forEach(hit -> hits.put(hit.id(), hit)));
    Map<String, Account> accounts = rows.whole(List.copyOf(hits.values()));
    // By attribute and value, so that a claim is not compared person by person with every hit.
    Map<List<String>, List<Account>> having = new LinkedHashMap<>();
    for (RepositoryRows.Identity hit : hits.values()) {
      Account account = accounts.get(Long.toString(hit.id()));
      if (account != null) {
        for (String attribute : sought.keySet()) {
          Value value = account.attributes().get(attribute);
          String text = value == null ? null : value.textOrNull();
          if (text != null) {
            having.computeIfAbsent(List.of(attribute, text), _ -> new ArrayList<>()).add(account);
          }
        }
      }
    }
    Map<SubjectKey, List<Account>> found = new LinkedHashMap<>();
    criteria.forEach((subject, wanted) -> {
      List<Account> theirs =
          wanted.entrySet().stream()
              .flatMap(entry ->
                  having
                      .getOrDefault(List.of(entry.getKey(), entry.getValue()), List.of())
                      .stream())
              .distinct()
              .toList();
      if (!theirs.isEmpty()) {
        found.put(subject, theirs);
      }
    });
    return found;
  }

  private List<RepositoryRows.Identity> byAttribute(String attribute, Set<String> values) {
    return jdbc.sql(
            "select id, login, status, attributes from identity where %s = any(:values)"
                .formatted(expression(attribute)))
        .param("values", SqlArrays.texts(values, value -> value))
        .query(rows::identity)
        .list();
  }

  void index(String attribute) {
    if (!attribute.equals(RepositoryRows.LOGIN)) {
      String expression = expression(attribute);
      jdbc.sql(
              "create index if not exists identity_by_%s on identity ((%s))"
                  .formatted(attribute, expression))
          .update();
      indexed.add(attribute);
    }
  }

  /**
   * Makes sure, inside the applying transaction, that nobody else has been given a value since it
   * was searched for: two people with one second attribute must not both get an account only
   * because they are worked at the same time. Where a person decided so, others may have it.
   *
   * @throws ConnectorException when somebody has; searched again, that one is found
   */
  void stillNobodyHas(List<Application> created) {
    for (String attribute : indexed) {
      Set<String> values = new TreeSet<>();
      Set<String> mustBeFree = new TreeSet<>();
      for (Application application : created) {
        Value value = application.wanted().attributes().get(attribute);
        String text = value == null ? null : value.textOrNull();
        if (text != null) {
          values.add(text);
          if (!application.decided()) {
            mustBeFree.add(text);
          }
        }
      }
      if (!values.isEmpty()) {
        lock(values);
        refuseTaken(attribute, mustBeFree);
      }
    }
  }

  /**
   * Held until the transaction ends; in one order, so that two claims do not wait for each other.
   */
  private void lock(Set<String> values) {
    jdbc.sql(
            "select count(pg_advisory_xact_lock(hashtextextended(value, 4711)))"
                + " from (select unnest(:values) as value order by 1) as ordered")
        .param("values", SqlArrays.texts(values, value -> value))
        .query(Long.class)
        .single();
  }

  private void refuseTaken(String attribute, Set<String> values) {
    if (!values.isEmpty() && !byAttribute(attribute, values).isEmpty()) {
      throw new ConnectorException(
          ErrorKind.CONFLICT,
          "somebody else was given the same " + attribute + " in the meantime",
          null);
    }
  }

  private static String expression(String attribute) {
    if (attribute.equals(RepositoryRows.LOGIN)) {
      return "login";
    }
    if (!ATTRIBUTE.matcher(attribute).matches()) {
      throw new ConnectorException(
          ErrorKind.INVALID, "The repository has no attribute '" + attribute + "'", null);
    }
    return "attributes ->> '" + attribute + "'";
  }
}
