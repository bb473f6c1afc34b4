package dev.rollcall.web.page;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.AccountDirectory.Listed;
import dev.rollcall.sync.Explanation;
import dev.rollcall.sync.Explanation.Given;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds people by whatever is known of them: an id, an account's id, or the beginning of names,
 * login or e-mail address. Also those who have no account: they are who is looked for.
 */
final class PeopleSearch {

  /** How many are shown. */
  static final int MOST = 50;

  /** How many of those without an account are looked at, the newest first. */
  private static final int WITHOUT_ACCOUNT = 300;

  private static final int BACK = 1_000;
  private static final Pattern MARKS = Pattern.compile("[\\u0300-\\u036f\\u064b-\\u065f'’`´]");
  private static final Pattern BETWEEN = Pattern.compile("[\\s,;()\"\\\\]+");
  private static final List<String> FOUND_BY =
      List.of(
          "login",
          "first_name",
          "last_name",
          "firstName",
          "lastName",
          "displayName",
          "email",
          "campus_id",
          "employeeNumber");

  private final WebParts parts;
  private final Explanation explanation;

  PeopleSearch(WebParts parts) {
    this.parts = parts;
    this.explanation = new Explanation(parts.clock());
  }

  /**
   * Somebody who was found.
   *
   * @param name null when none is known
   * @param login of the account, null without one
   * @param account whether there is one, and how it stands; null without one
   * @param last the newest event, known only for those without an account
   */
  record Hit(
      SubjectKey subject,
      @Nullable String name,
      @Nullable String login,
      @Nullable String email,
      @Nullable String account,
      @Nullable SyncEvent last) {

    public String path() {
      return Paths.person(subject);
    }
  }

  /**
   * Everybody who was found.
   *
   * @param more whether there are more than were returned
   */
  record Found(List<Hit> hits, boolean more) {}

  /** Those of whom this is known, those whose id it is first. */
  Found find(String asked) {
    Map<SubjectKey, Hit> hits = new LinkedHashMap<>();
    // PostgreSQL has no text with NUL.
    String typed = asked.replace('\0', ' ').strip();
    if (typed.isEmpty()) {
      return new Found(List.of(), false);
    }
    byId(typed).forEach(hit -> hits.putIfAbsent(hit.subject(), hit));
    byName(typed).forEach(hit -> hits.putIfAbsent(hit.subject(), hit));
    withoutAccount(words(typed)).forEach(hit -> hits.putIfAbsent(hit.subject(), hit));
    List<Hit> all = new ArrayList<>(hits.values());
    return new Found(all.subList(0, Math.min(MOST, all.size())), all.size() > MOST);
  }

  /** Those of whom this is known, as a filter of events. */
  List<SubjectKey> subjects(String typed) {
    return find(typed).hits().stream().map(Hit::subject).toList();
  }

  /** Those without an account whose newest events are the newest. */
  List<Hit> withoutAccount() {
    return withoutAccount(List.of());
  }

  private List<Hit> byId(String typed) {
    int colon = typed.indexOf(':');
    String source = colon < 0 ? null : typed.substring(0, colon);
    String id = colon < 0 ? typed : typed.substring(colon + 1);
    List<SubjectKey> subjects =
        Stream.concat(parts.links().beginningWith(id, MOST + 1).stream(), exactly(id).stream())
            .distinct()
            .filter(subject -> source == null || subject.source().equals(source))
            .toList();
    List<Hit> hits = new ArrayList<>();
    Map<SubjectKey, Hit> linked = linked(subjects);
    for (SubjectKey subject : subjects) {
      Hit hit = linked.get(subject);
      hits.add(hit == null ? new Hit(subject, null, null, null, null, null) : hit);
    }
    return hits;
  }

  /** Somebody with just this id of whom anything was ever heard. */
  private List<SubjectKey> exactly(String id) {
    if (id.isBlank()) {
      return List.of();
    }
    List<SubjectKey> known = new ArrayList<>();
    for (Instance instance : parts.instances()) {
      SubjectKey subject = new SubjectKey(instance.sourceName(), id);
      if (!known.contains(subject)
          && (!explanation.of(instance, List.of(subject)).isEmpty()
              || !parts.pages().events().of(subject, null, 1).isEmpty())) {
        known.add(subject);
      }
    }
    return known;
  }

  private Map<SubjectKey, Hit> linked(List<SubjectKey> subjects) {
    Map<SubjectKey, Hit> hits = new HashMap<>();
    parts
        .pages()
        .directories()
        .forEach((target, directory) -> {
          Map<SubjectKey, String> links = parts.links().find(target, subjects);
          Map<String, Listed> listed = directory.list(links.values());
          links.forEach((subject, account) -> {
            Listed one = listed.get(account);
            if (one != null) {
              hits.putIfAbsent(subject, hit(subject, one));
            }
          });
        });
    return hits;
  }

  private List<Hit> byName(String typed) {
    List<Hit> hits = new ArrayList<>();
    parts
        .pages()
        .directories()
        .forEach((target, directory) -> {
          Map<String, Listed> found =
              directory.find(typed, MOST + 1).stream()
                  .collect(Collectors.toMap(Listed::id, one -> one));
          parts
              .links()
              .owners(target, found.keySet())
              .forEach((account, subject) -> {
                Listed listed = found.get(account);
                if (listed != null) {
                  hits.add(hit(subject, listed));
                }
              });
        });
    hits.sort((one, other) ->
        String.valueOf(one.name()).compareToIgnoreCase(String.valueOf(other.name())));
    return hits;
  }

  /** Those without an account whose every word is the beginning of something known of them. */
  private List<Hit> withoutAccount(List<String> words) {
    List<String> instances = parts.instances().stream().map(Instance::name).toList();
    List<SyncEvent> newest =
        parts.pages().events().withoutAccount(instances, BACK, WITHOUT_ACCOUNT);
    Map<SubjectKey, Map<String, Given>> known = new HashMap<>();
    for (Instance instance : parts.instances()) {
      List<SubjectKey> theirs =
          newest.stream()
              .map(SyncEvent::subject)
              .filter(subject -> subject.source().equals(instance.sourceName()))
              .toList();
      if (!theirs.isEmpty()) {
        known.putAll(explanation.of(instance, theirs));
      }
    }
    return newest.stream()
        .filter(event -> fits(words, event, known.getOrDefault(event.subject(), Map.of())))
        .map(event -> {
          Map<String, Given> given = known.getOrDefault(event.subject(), Map.of());
          Given email = given.get("email");
          return new Hit(
              event.subject(),
              Names.name(given),
              null,
              email == null || email.text().isEmpty() ? null : email.text(),
              null,
              event);
        })
        .toList();
  }

  private static boolean fits(List<String> words, SyncEvent event, Map<String, Given> given) {
    Set<String> theirs =
        FOUND_BY.stream()
            .map(given::get)
            .filter(one -> one != null && !one.origin().isNationalId())
            .flatMap(one -> {
              List<String> whole = words(one.text());
              return Stream.concat(
                  whole.stream(), whole.stream().flatMap(word -> Arrays.stream(word.split("-"))));
            })
            .collect(Collectors.toSet());
    theirs.add(plain(event.subject().id()));
    return words.stream().allMatch(word -> theirs.stream().anyMatch(one -> one.startsWith(word)));
  }

  private static Hit hit(SubjectKey subject, Listed listed) {
    return new Hit(
        subject, listed.name(), listed.login(), listed.email(), listed.status().label(), null);
  }

  private static List<String> words(String text) {
    return BETWEEN.splitAsStream(plain(text)).filter(word -> !word.isEmpty()).toList();
  }

  /** As {@code search_plain} of the database does it. */
  private static String plain(String text) {
    String apart = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
    return MARKS.matcher(apart).replaceAll("");
  }
}
