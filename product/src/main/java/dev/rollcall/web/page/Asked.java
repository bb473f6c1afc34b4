package dev.rollcall.web.page;

import dev.rollcall.event.EventSearch;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.sync.Instance;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filter of the events page as it was filled in; what is blank or not understood does not
 * restrict.
 *
 * @param status a code, or blank
 * @param person an id, a name, a login or an e-mail address, or blank
 * @param from local time as a browser writes it, or blank
 */
record Asked(String status, String instance, String cause, String person, String from, String to) {

  Asked {
    status = status.strip();
    instance = instance.strip();
    cause = cause.strip();
    person = person.strip();
    from = from.strip();
    to = to.strip();
  }

  /** Whether anything is asked for. */
  public boolean any() {
    return !fields().isEmpty();
  }

  /**
   * As the event table is asked.
   *
   * @param people null when nobody was named
   */
  EventSearch.Filter filter(
      List<Instance> instances, @Nullable List<SubjectKey> people, ZoneId zone) {
    List<String> all = instances.stream().map(Instance::name).toList();
    boolean known = all.contains(instance);
    return new EventSearch.Filter(
        known ? List.of(instance) : all,
        !known,
        Arrays.stream(EventStatus.values())
            .filter(one -> one.code().equals(status))
            .findFirst()
            .orElse(null),
        Arrays.stream(Cause.values())
            .filter(one -> one.name().equals(cause))
            .findFirst()
            .orElse(null),
        people,
        time(from, zone),
        time(to, zone));
  }

  /** A local time as a browser writes it; null for what is none. */
  static @Nullable Instant time(String text, ZoneId zone) {
    try {
      return text.isEmpty() ? null : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeParseException notATime) {
      return null;
    }
  }

  /** This filter as a query, beginning with {@code &}; empty without one. */
  public String query() {
    return fields().entrySet().stream()
        .map(field -> "&" + field.getKey() + "=" + Paths.encoded(field.getValue()))
        .collect(Collectors.joining());
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("status", status);
    fields.put("instance", instance);
    fields.put("cause", cause);
    fields.put("person", person);
    fields.put("from", from);
    fields.put("to", to);
    fields.values().removeIf(String::isEmpty);
    return fields;
  }
}
