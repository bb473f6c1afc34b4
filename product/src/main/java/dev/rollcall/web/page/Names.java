package dev.rollcall.web.page;

import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.AccountDirectory;
import dev.rollcall.spi.AccountDirectory.Listed;
import dev.rollcall.sync.Explanation;
import dev.rollcall.sync.Explanation.Given;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people are called: as their account says, or, where there is none, as the source's facts
 * give it today.
 */
final class Names {

  /** How routes call what a name is made of. */
  private static final List<List<String>> SPELLINGS =
      List.of(
          List.of("first_name", "last_name"),
          List.of("displayName"),
          List.of("firstName", "lastName"));

  /** Pages that keep themselves up to date must not ask another database each time. */
  private static final long GOOD_FOR = Duration.ofMinutes(1).toNanos();

  private static final int MOST = 10_000;

  /** What a source outside said; null when it gave no name, or could not be asked. */
  private record Remembered(@Nullable String name, long at) {}

  private final Map<SubjectKey, Remembered> outside = new ConcurrentHashMap<>();
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
      if (instance.bulk() != null) {
        names.putAll(accepted(instance, all));
      }
      List<SubjectKey> left =
          all.stream()
              .filter(one -> one.source().equals(instance.sourceName()))
              .filter(one -> !names.containsKey(one))
              .toList();
      if (!left.isEmpty()) {
        names.putAll(given(instance, left));
      }
    }
    return names;
  }

  /** As the accounts say that were given last, which are kept in our own tables. */
  private Map<SubjectKey, String> accepted(Instance instance, Set<SubjectKey> subjects) {
    Map<SubjectKey, String> links =
        parts.links().find(instance.targetName(), List.copyOf(subjects));
    Map<String, Account> accounts = instance.target().read(links.values());
    Map<SubjectKey, String> names = new HashMap<>();
    links.forEach((subject, id) -> {
      Account account = accounts.get(id);
      if (account != null) {
        put(names, subject, name(account));
      }
    });
    return names;
  }

  private static @Nullable String name(Account account) {
    return SPELLINGS.stream()
        .map(spelling ->
            spelling.stream()
                .map(account.attributes()::get)
                .map(value -> value == null ? null : value.textOrNull())
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.joining(" ")))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(null);
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
    return SPELLINGS.stream()
        .map(spelling -> joined(given, spelling))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private static String joined(Map<String, Given> given, List<String> attributes) {
    return attributes.stream()
        .map(given::get)
        .filter(one -> one != null && !one.text().isBlank() && !one.origin().isNationalId())
        .map(Given::text)
        .collect(Collectors.joining(" "));
  }

  private static boolean isRemembered(@Nullable Remembered one) {
    return one != null && System.nanoTime() - one.at() < GOOD_FOR;
  }

  /** As the source gives them now, or gave them a moment ago when asking costs a call outside. */
  private Map<SubjectKey, String> given(Instance instance, List<SubjectKey> subjects) {
    Map<SubjectKey, String> names = new HashMap<>();
    if (!instance.elsewhere()) {
      explanation
          .of(instance, subjects)
          .forEach((subject, given) -> put(names, subject, name(given)));
      return names;
    }
    List<SubjectKey> asked =
        subjects.stream().filter(one -> !isRemembered(outside.get(one))).toList();
    if (!asked.isEmpty()) {
      Map<SubjectKey, Map<String, Given>> told = explanation.of(instance, asked);
      if (outside.size() > MOST) {
        outside.clear();
      }
      long now = System.nanoTime();
      asked.forEach(
          one -> outside.put(one, new Remembered(name(told.getOrDefault(one, Map.of())), now)));
    }
    for (SubjectKey subject : subjects) {
      Remembered remembered = outside.get(subject);
      put(names, subject, remembered == null ? null : remembered.name());
    }
    return names;
  }

  private static void put(
      Map<SubjectKey, String> names, SubjectKey subject, @Nullable String name) {
    if (name != null) {
      names.put(subject, name);
    }
  }
}
