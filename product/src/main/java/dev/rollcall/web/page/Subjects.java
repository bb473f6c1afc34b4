package dev.rollcall.web.page;

import dev.rollcall.model.SubjectKey;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Subjects in the query of an address: {@code subject=SOURCE:ID}, once for each. */
final class Subjects {

  private static final String NAME = "subject";

  private Subjects() {}

  /** As a query, beginning with {@code &}; empty for none and for null. */
  static String query(@Nullable List<SubjectKey> subjects) {
    return subjects == null
        ? ""
        : subjects.stream()
            .map(subject -> "&" + NAME + "=" + Paths.encoded(subject.toString()))
            .collect(Collectors.joining());
  }

  /** Those in a query; what is no subject is passed over. */
  static List<SubjectKey> of(MultiValueMap<String, String> query) {
    return query.getOrDefault(NAME, List.of()).stream()
        .limit(PeopleSearch.MOST)
        // PostgreSQL has no text with NUL.
        .map(text -> text.replace('\0', ' ').split(":", 2))
        .filter(parts -> parts.length == 2 && !parts[0].isBlank() && !parts[1].isBlank())
        .map(parts -> new SubjectKey(parts[0], parts[1]))
        .toList();
  }
}
