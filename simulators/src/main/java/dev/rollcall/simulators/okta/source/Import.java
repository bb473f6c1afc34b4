package dev.rollcall.simulators.okta.source;

import dev.rollcall.simulators.okta.directory.Directory;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.directory.Status;
import dev.rollcall.simulators.okta.directory.User;
import dev.rollcall.simulators.okta.source.AppSettings.MatchOn;
import dev.rollcall.simulators.okta.source.SourceEvent.Applied;
import dev.rollcall.simulators.okta.source.SourceEvent.Verdict;
import dev.rollcall.simulators.state.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The import of one session: what becomes of each person in it, as the application's settings have
 * it. Texts of refusals are those that the Users API has; what an import says is unpublished.
 */
final class Import {
  private static final int MAX_REASON = 255;

  /** Who is known, and to whom a user belongs. */
  interface Known {
    Optional<Assignment> assignment(String externalId);

    /** The external id by which this source already holds a user. */
    Optional<String> holder(String user);

    String freshAppUser();
  }

  private record Found(User user, boolean certain) {}

  private final Source source;
  private final Session session;
  private final Instant at;
  private final Directory directory;
  private final Known known;
  private final Map<String, String> emails = new HashMap<>();

  Import(Source source, Session session, Instant at, Directory directory, Known known) {
    this.source = source;
    this.session = session;
    this.at = at;
    this.directory = directory;
    this.known = known;
    if (source.settings().matchOn() == MatchOn.EMAIL) {
      directory.users().forEach(this::index);
    }
  }

  /** Does what is to be done with one person, and says what it was. */
  Applied row(Upload upload, int number, Row row) {
    Optional<Assignment> assignment = known.assignment(row.externalId());
    String appUser = assignment.map(Assignment::appUser).orElseGet(known::freshAppUser);
    @Nullable String user = assignment.map(Assignment::user).orElse(null);
    String userName =
        Optional.ofNullable(row.profile().get("userName"))
            .or(() -> assignment.map(Assignment::profile).map(known -> known.get("userName")))
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .orElse(null);
    Supplier<Said> work =
        () ->
            upload.kind() == Upload.Kind.UPSERT
                ? upsert(row, assignment, upload.request())
                : delete(assignment, upload.request());
    Said said;
    try {
      said = work.get();
    } catch (Refusal e) {
      said =
          new Said(
              Verdict.FAILED,
              user,
              e.causes().isEmpty() ? e.summary() : String.join("; ", e.causes()));
    }
    return new Applied(
        source.id(),
        session.id(),
        upload.number(),
        number,
        row.externalId(),
        said.verdict(),
        said.verdict() == Verdict.IGNORED && assignment.isEmpty() ? null : appUser,
        said.user(),
        userName,
        said.reason() == null || said.reason().length() <= MAX_REASON
            ? said.reason()
            : said.reason().substring(0, MAX_REASON));
  }

  private record Said(Verdict verdict, @Nullable String user, @Nullable String reason) {}

  private Said upsert(Row row, Optional<Assignment> assignment, long request) {
    Map<String, JsonNode> profile =
        merged(source, assignment.map(Assignment::profile).orElse(Map.of()), row);
    Optional<User> linked =
        assignment.flatMap(one -> Optional.ofNullable(one.user())).flatMap(directory::find);
    if (linked.isPresent()) {
      boolean same =
          assignment.filter(one -> one.active() && one.profile().equals(profile)).isPresent();
      return again(linked.get(), profile, same ? Verdict.UNCHANGED : Verdict.UPDATED, request);
    }
    Optional<Found> found = match(profile);
    if (found.isPresent()) {
      return met(found.get(), row.externalId(), profile, request);
    }
    if (!source.settings().autoConfirmNew()) {
      // Nobody publishes what the System Log says of people who wait in the Import tab.
      return new Said(Verdict.HELD, null, "Awaiting confirmation of a new user");
    }
    User made =
        directory.bring(mapped(profile), master(), source.settings().autoActivate(), at, request);
    index(made);
    return new Said(Verdict.CREATED, made.id(), null);
  }

  private Said met(Found found, String externalId, Map<String, JsonNode> profile, long request) {
    User user = found.user();
    Optional<String> holder = known.holder(user.id()).filter(other -> !other.equals(externalId));
    if (holder.isPresent()) {
      return new Said(
          Verdict.FAILED,
          null,
          "login: An object with this field already exists in the current organization");
    }
    if (user.master() != null && !user.master().equals(source.id())) {
      // Which of two sources wins is a matter of priorities, of which there are none here.
      return new Said(
          Verdict.FAILED,
          null,
          "Operation failed because user profile is mastered under another system");
    }
    if (!found.certain()) {
      return new Said(Verdict.HELD, null, "Awaiting confirmation of an exact match");
    }
    return again(user, profile, Verdict.LINKED, request);
  }

  /** Somebody who is there is to be like this. */
  private Said again(User user, Map<String, JsonNode> profile, Verdict verdict, long request) {
    boolean suspended = user.status() == Status.SUSPENDED;
    boolean gone = user.status() == Status.DEPROVISIONED;
    boolean back =
        (suspended && source.settings().reactivateSuspended())
            || (gone && source.settings().reactivateDeactivated());
    if (gone && !back) {
      // Whether an import changes somebody deactivated is unpublished; the Users API does not.
      return new Said(
          Verdict.FAILED,
          user.id(),
          "The user is deactivated and the application does not reactivate users");
    }
    boolean changed =
        directory.bringAgain(
            user.id(),
            source.settings().sourcing() ? mapped(profile) : Map.of(),
            master(),
            back,
            at,
            request);
    boolean silent = verdict == Verdict.UNCHANGED && changed;
    return new Said(silent ? Verdict.UPDATED : verdict, user.id(), null);
  }

  private Said delete(Optional<Assignment> assignment, long request) {
    if (assignment.filter(Assignment::active).isEmpty()) {
      return new Said(Verdict.IGNORED, assignment.map(Assignment::user).orElse(null), null);
    }
    @Nullable String user = assignment.get().user();
    if (user != null && source.settings().sourcing()) {
      directory.takeAway(user, at, request);
    }
    return new Said(Verdict.DELETED, user, null);
  }

  private Optional<String> master() {
    return source.settings().sourcing() ? Optional.of(source.id()) : Optional.empty();
  }

  private Optional<Found> match(Map<String, JsonNode> profile) {
    Optional<User> same =
        switch (source.settings().matchOn()) {
          case LOGIN -> text(profile, "userName").flatMap(directory::byLogin);
          case EMAIL ->
              text(profile, "email")
                  .flatMap(email -> Optional.ofNullable(emails.get(email.toLowerCase(Locale.ROOT))))
                  .flatMap(directory::find);
          case NONE -> Optional.empty();
        };
    // Whoever is the source's own already needs nobody's confirmation.
    return same.map(user ->
        new Found(user, source.settings().autoConfirmExact() || source.id().equals(user.master())));
  }

  private void index(User user) {
    user.text("email").ifPresent(email -> emails.put(email.toLowerCase(Locale.ROOT), user.id()));
  }

  /**
   * What the mappings make of the application's profile: every mapped attribute, blanks as null.
   */
  private Map<String, JsonNode> mapped(Map<String, JsonNode> profile) {
    Map<String, JsonNode> mapped = new LinkedHashMap<>();
    source
        .mappings()
        .forEach((from, to) -> mapped.put(to, profile.getOrDefault(from, Json.MAPPER.nullNode())));
    return mapped;
  }

  private static Optional<String> text(Map<String, JsonNode> profile, String name) {
    return Optional.ofNullable(profile.get(name)).map(JsonNode::asString);
  }

  /**
   * The application's profile after a row: a null clears, what is not mentioned is as the settings
   * have it, what the application does not know is dropped.
   */
  static Map<String, JsonNode> merged(Source source, Map<String, JsonNode> known, Row row) {
    Map<String, JsonNode> merged = new LinkedHashMap<>();
    for (String name : source.profile()) {
      @Nullable JsonNode sent = row.profile().get(name);
      @Nullable JsonNode value =
          sent == null && !source.settings().omittedClears() ? known.get(name) : sent;
      if (value != null && value.isString() && !value.asString().isEmpty()) {
        merged.put(name, value);
      }
    }
    return merged;
  }
}
