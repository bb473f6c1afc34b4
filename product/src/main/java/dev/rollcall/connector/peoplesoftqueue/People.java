package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.connector.peoplesoftqueue.PersonRows.PersonRow;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * The people of a PeopleSoft database, by OPRID, as the site's queries give them. Their facts are
 * the record PERSON, whose one row has a field for each column of the query, and IDENTITY_TYPE,
 * with a row for each identity type held.
 */
public final class People {
  /** Oracle takes no more than 1000 in one list. */
  private static final int AT_ONCE = 500;

  private static final String PERSON = "PERSON";
  private static final String IDENTITY_TYPE = "IDENTITY_TYPE";
  private static final String IDENTITY_TYPES = "IDENTITY_TYPES";

  /** Stands before every OPRID; Oracle takes an empty text for null. */
  private static final String BEFORE_ALL = " ";

  private final PeopleSoftDatabase database;
  private final PersonQuery query;
  private final String source;
  private final Clock clock;

  /**
   * @param source the name of the system of record in the subjects' keys
   * @param clock whose zone and day the queries' {@code :today} is
   */
  public People(PeopleSoftDatabase database, PersonQuery query, String source, Clock clock) {
    this.database = database;
    this.query = query;
    this.source = source;
    this.clock = clock;
  }

  SubjectKey subject(String oprid) {
    return new SubjectKey(source, oprid);
  }

  PersonQuery query() {
    return query;
  }

  /**
   * As {@link dev.rollcall.spi.Source#fetch}.
   *
   * @throws ConnectorException when the read failed, or two rows are one person's
   */
  Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
    Set<String> asked = new LinkedHashSet<>();
    for (SubjectKey subject : subjects) {
      if (subject.source().equals(source)) {
        asked.add(subject.id());
      }
    }
    Map<String, PersonRow> persons = new HashMap<>();
    for (PersonRow row : rows("persons", query.persons(), asked, Set.of())) {
      if (persons.put(row.oprid(), row) != null) {
        throw new ConnectorException(
            ErrorKind.INVALID,
            "the query 'persons' gives more than one row for OPRID %s; which of them holds is for the query to say"
                .formatted(row.oprid()),
            null);
      }
    }
    Map<String, Set<String>> types = identityTypes(persons.keySet());
    Map<SubjectKey, Facts> facts = new HashMap<>();
    for (PersonRow person : persons.values()) {
      SubjectKey subject = subject(person.oprid());
      facts.put(subject, facts(subject, person, types));
    }
    return facts;
  }

  private Facts facts(
      SubjectKey subject, PersonRow person, @Nullable Map<String, Set<String>> byQuery) {
    Map<String, Value> fields = new HashMap<>(person.fields());
    Value list = fields.remove(IDENTITY_TYPES);
    Map<String, RecordFacts> records = new HashMap<>();
    // Not complete: a column that the query lacks is not known to be empty.
    records.put(PERSON, new RecordFacts(false, List.of(new Row(fields, 0, false))));
    if (list != null && byQuery != null) {
      throw new ConnectorException(
          ErrorKind.INVALID,
          "identity types are in the column IDENTITY_TYPES and in a query of their own; one of them has to go",
          null);
    }
    if (list != null) {
      records.put(IDENTITY_TYPE, held(listed(list)));
    } else if (byQuery != null) {
      records.put(IDENTITY_TYPE, held(byQuery.getOrDefault(person.oprid(), Set.of())));
    }
    return new Facts(subject, Facts.Standing.ADDED, records);
  }

  private static RecordFacts held(Set<String> types) {
    List<Row> rows = new ArrayList<>();
    for (String type : types) {
      rows.add(new Row(Map.of(IDENTITY_TYPE, new Value.Text(type)), 0, false));
    }
    return new RecordFacts(true, rows);
  }

  private static Set<String> listed(Value list) {
    Set<String> types = new LinkedHashSet<>();
    String text = list.textOrNull();
    if (text != null) {
      for (String type : text.split(",", -1)) {
        if (!type.isBlank()) {
          types.add(type.strip());
        }
      }
    }
    return types;
  }

  private @Nullable Map<String, Set<String>> identityTypes(Set<String> oprids) {
    String sql = query.identityTypes();
    if (sql == null) {
      return null;
    }
    Map<String, Set<String>> types = new HashMap<>();
    for (PersonRow row : rows("identityTypes", sql, oprids, Set.of(IDENTITY_TYPE))) {
      Value type = row.fields().get(IDENTITY_TYPE);
      if (type instanceof Value.Text(String code)) {
        types.computeIfAbsent(row.oprid(), _ -> new LinkedHashSet<>()).add(code);
      }
    }
    return types;
  }

  /** What a query says about these people, in as few statements as it allows. */
  private List<PersonRow> rows(String name, String sql, Set<String> oprids, Set<String> needed) {
    boolean forMany = PersonQuery.forMany(sql);
    int size = forMany ? AT_ONCE : 1;
    List<String> all = List.copyOf(oprids);
    List<PersonRow> rows = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      List<String> some = all.subList(from, Math.min(all.size(), from + size));
      List<PersonRow> answered = ask(name, sql, forMany ? some : some.getFirst(), needed);
      Set<String> asked = new HashSet<>(some);
      for (PersonRow row : answered) {
        if (!asked.contains(row.oprid())) {
          throw new ConnectorException(
              ErrorKind.INVALID,
              "the query '%s' answers about OPRID %s, who was not asked for; it must ask for exactly those in :oprids or :oprid"
                  .formatted(name, row.oprid()),
              null);
        }
      }
      rows.addAll(answered);
    }
    return rows;
  }

  private List<PersonRow> ask(String name, String sql, Object whom, Set<String> needed) {
    ResultSetExtractor<List<PersonRow>> reading = rows -> PersonRows.read(name, rows, needed);
    return database.read(
        "the query '%s' failed".formatted(name),
        jdbc ->
            jdbc.sql(sql)
                .param(whom instanceof String ? "oprid" : "oprids", whom)
                .param("today", LocalDate.now(clock))
                .query(reading));
  }

  /**
   * As {@link dev.rollcall.spi.Source#known}.
   *
   * @throws ConnectorException when the read failed
   */
  List<SubjectKey> known(@Nullable String after, int limit) {
    String sql =
        "select e.OPRID from ("
            + query.everybody()
            + ") e where e.OPRID > :after order by e.OPRID"
            + database.dialect().firstRows(limit);
    return database.read(
        "the query 'everybody' failed",
        jdbc ->
            jdbc
                .sql(sql)
                .param("after", after == null ? BEFORE_ALL : after)
                .query((row, _) -> subject(row.getString(1).strip()))
                .list()
                .stream()
                .distinct()
                .toList());
  }
}
