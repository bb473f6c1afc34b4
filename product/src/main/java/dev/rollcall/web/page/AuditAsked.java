package dev.rollcall.web.page;

import dev.rollcall.audit.AuditFilter;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.model.SubjectKey;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filter of the audit page as it was filled in; what is blank or not understood does not
 * restrict.
 *
 * @param person an id, a name, a login or an e-mail address, or blank
 * @param kind the code of a kind of entry, or blank
 * @param event a number, with or without {@code #}, or blank
 * @param from local time as a browser writes it, or blank
 */
record AuditAsked(
    String person, String kind, String instance, String event, String from, String to) {

  private static final Pattern NUMBER = Pattern.compile("#?([0-9]{1,18})");

  AuditAsked {
    person = plain(person);
    kind = kind.strip();
    instance = plain(instance);
    event = event.strip();
    from = from.strip();
    to = to.strip();
  }

  /** PostgreSQL has no text with NUL. */
  private static String plain(String text) {
    return text.replace('\0', ' ').strip();
  }

  /** Whether anything is asked for. */
  public boolean any() {
    return !fields().isEmpty();
  }

  /**
   * As the audit is asked.
   *
   * @param subject null when nobody was named
   * @param before only what comes behind this entry, or null
   */
  AuditFilter filter(@Nullable SubjectKey subject, @Nullable Long before, ZoneId zone) {
    return new AuditFilter(
        instance.isEmpty() ? null : instance,
        subject == null ? null : subject.source(),
        subject == null ? null : subject.id(),
        number(),
        Arrays.stream(AuditKind.values())
            .filter(one -> one.code().equals(kind))
            .findFirst()
            .orElse(null),
        Asked.time(from, zone),
        Asked.time(to, zone),
        before);
  }

  private @Nullable Long number() {
    Matcher number = NUMBER.matcher(event);
    return number.matches() ? Long.valueOf(number.group(1)) : null;
  }

  /** This filter as a query, beginning with {@code &}; empty without one. */
  public String query() {
    return written(fields());
  }

  /**
   * What is asked for, as an export is asked for it; begins with {@code &}.
   *
   * @param filter what was made of it
   */
  static String export(AuditFilter filter) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "instance", filter.instance());
    String source = filter.source();
    put(fields, "subject", source == null ? filter.subject() : source + ":" + filter.subject());
    put(fields, "event", filter.event());
    AuditKind kind = filter.kind();
    put(fields, "kind", kind == null ? null : kind.code());
    put(fields, "from", filter.from());
    put(fields, "to", filter.to());
    return written(fields);
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static String written(Map<String, ?> fields) {
    return fields.entrySet().stream()
        .map(
            field -> "&" + field.getKey() + "=" + Paths.encoded(Objects.toString(field.getValue())))
        .collect(Collectors.joining());
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("person", person);
    fields.put("kind", kind);
    fields.put("instance", instance);
    fields.put("event", event);
    fields.put("from", from);
    fields.put("to", to);
    fields.values().removeIf(String::isEmpty);
    return fields;
  }
}
