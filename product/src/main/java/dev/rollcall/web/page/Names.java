package dev.rollcall.web.page;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.AccountDirectory;
import dev.rollcall.spi.AccountDirectory.Listed;
import dev.rollcall.sync.Explanation;
import dev.rollcall.sync.Explanation.Given;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people are called: as their account says, or, where there is none, as the source's facts
 * give it today.
 */
final class Names {

  private final WebParts parts;
  private final Explanation explanation;

  Names(WebParts parts) {
    this.parts = parts;
    this.explanation = new Explanation(parts.clock());
  }

  /** The names of these; somebody whose name is not known is missing. */
  Map<SubjectKey, String> of(Collection<SubjectKey> subjects) {
    Map<SubjectKey, String> names = new HashMap<>();
    Set<SubjectKey> all = new LinkedHashSet<>(subjects);
    parts
        .pages()
        .directories()
        .forEach((target, directory) -> names.putAll(accounts(target, directory, all)));
    for (Instance instance : parts.instances()) {
      List<SubjectKey> left =
          all.stream()
              .filter(one -> one.source().equals(instance.sourceName()))
              .filter(one -> !names.containsKey(one))
              .toList();
      if (!left.isEmpty()) {
        explanation
            .of(instance, left)
            .forEach((subject, given) -> {
              String name = name(given);
              if (name != null) {
                names.put(subject, name);
              }
            });
      }
    }
    return names;
  }

  private Map<SubjectKey, String> accounts(
      String target, AccountDirectory directory, Set<SubjectKey> subjects) {
    Map<SubjectKey, String> links = parts.links().find(target, List.copyOf(subjects));
    Map<String, Listed> accounts = directory.list(new ArrayList<>(links.values()));
    Map<SubjectKey, String> names = new HashMap<>();
    links.forEach((subject, account) -> {
      Listed listed = accounts.get(account);
      String name = listed == null ? null : listed.name();
      if (name != null) {
        names.put(subject, name);
      }
    });
    return names;
  }

  /** The name that these values make; null when there is none. */
  static @Nullable String name(Map<String, Given> given) {
    String name =
        Stream.of("first_name", "last_name")
            .map(given::get)
            .filter(one -> one != null && !one.text().isBlank() && !one.origin().isNationalId())
            .map(Given::text)
            .collect(Collectors.joining(" "));
    return name.isEmpty() ? null : name;
  }
}
