package dev.rollcall.web.page;

import dev.rollcall.event.LineSearch;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filter of the lines page as it was filled in; what is blank or not understood does not
 * restrict.
 *
 * @param status a code, or blank
 * @param action as it stands in the line, or blank
 * @param person an id, a name, a login or an e-mail address, or blank
 * @param batch its whole id, or blank
 * @param from local time as a browser writes it, or blank
 */
record LinesAsked(
    String instance,
    String status,
    String action,
    String person,
    String batch,
    String from,
    String to) {

  LinesAsked {
    instance = plain(instance);
    status = plain(status);
    action = plain(action);
    person = plain(person);
    batch = plain(batch);
    from = plain(from);
    to = plain(to);
  }

  /** PostgreSQL has no text with NUL. */
  private static String plain(String text) {
    return text.replace('\0', ' ').strip();
  }

  /** Whether anything is asked for. */
  public boolean any() {
    return !fields().isEmpty();
  }

  /** The instances asked for, of those there are. */
  List<String> among(List<String> all) {
    return all.contains(instance) ? List.of(instance) : all;
  }

  /**
   * As the lines are asked.
   *
   * @param all the names of the instances there are
   * @param people null when nobody was named
   */
  LineSearch.Filter filter(List<String> all, @Nullable List<SubjectKey> people, ZoneId zone) {
    return new LineSearch.Filter(
        among(all),
        Arrays.stream(LineStatus.values())
            .filter(one -> one != LineStatus.NEW && one.name().equals(status))
            .findFirst()
            .orElse(null),
        action.isEmpty() ? null : action,
        batch.isEmpty() ? null : batch,
        people,
        Asked.time(from, zone),
        Asked.time(to, zone));
  }

  /** This filter as a query, beginning with {@code &}; empty without one. */
  public String query() {
    return fields().entrySet().stream()
        .map(field -> "&" + field.getKey() + "=" + Paths.encoded(field.getValue()))
        .collect(Collectors.joining());
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("instance", instance);
    fields.put("status", status);
    fields.put("action", action);
    fields.put("person", person);
    fields.put("batch", batch);
    fields.put("from", from);
    fields.put("to", to);
    fields.values().removeIf(String::isEmpty);
    return fields;
  }
}
