package dev.rollcall.web.page;

import dev.rollcall.event.Lines;
import dev.rollcall.link.Links.Linked;
import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.sync.Explanation;
import dev.rollcall.sync.Explanation.Given;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.AccountValues;
import dev.rollcall.web.AccountValues.AttributeView;
import dev.rollcall.web.WebParts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one person, as the page shows it.
 *
 * @param name null when none is known
 * @param sides what each instance makes of the person
 * @param lines of PeopleSoft's requests about the person, the newest first
 * @param moreLines whether there are more than these
 * @param events the newest first
 * @param moreFrom the id from which on there are older events, or null
 */
record PersonPage(
    SubjectKey subject,
    @Nullable String name,
    List<Side> sides,
    List<LineRow> lines,
    boolean moreLines,
    List<EventRow> events,
    @Nullable Long moreFrom) {

  /** How many events a page of the timeline has. */
  static final int TIMELINE = 50;

  private static final int LINES = 10;

  /** Where the page is. */
  public String path() {
    return Paths.person(subject);
  }

  /**
   * What one instance makes of the person.
   *
   * @param outside whether the account is in another system
   * @param account the linked one's id, or null
   * @param login of that account, or null
   * @param status of the account in words, or null
   * @param values on the account, or without one those that the facts give
   * @param due what is to come, the soonest first
   * @param trouble why something cannot be shown, or null
   */
  record Side(
      String instance,
      String target,
      boolean outside,
      Verdict verdict,
      @Nullable String account,
      @Nullable String login,
      @Nullable String status,
      List<AttributeView> values,
      List<HeldAffiliation> affiliations,
      List<String> roles,
      List<Coming> due,
      @Nullable String trouble) {}

  /** A date on which the answer can differ. */
  record Coming(LocalDate date, @Nullable String why, long event) {}

  /** Puts pages of people together. */
  static final class Reader {

    private static final int FOR_VERDICT = 200;

    private final WebParts parts;
    private final Explanation explanation;
    private final Names names;

    Reader(WebParts parts) {
      this.parts = parts;
      this.explanation = new Explanation(parts.clock());
      this.names = new Names(parts);
    }

    /** The page; empty for somebody of whom nothing is known. */
    Optional<PersonPage> read(SubjectKey subject, @Nullable Long before) {
      List<SyncEvent> newest = parts.pages().events().of(subject, null, FOR_VERDICT);
      List<Linked> links =
          parts.links().ofSubject(subject.id()).stream()
              .filter(linked -> linked.link().subject().equals(subject))
              .toList();
      List<Side> sides = new ArrayList<>();
      for (Instance instance : parts.instances()) {
        if (instance.sourceName().equals(subject.source())) {
          side(instance, subject, links, newest).ifPresent(sides::add);
        }
      }
      if (newest.isEmpty() && links.isEmpty() && sides.isEmpty()) {
        return Optional.empty();
      }
      List<SyncEvent> shown = parts.pages().events().of(subject, before, TIMELINE + 1);
      boolean more = shown.size() > TIMELINE;
      List<SyncEvent> page = more ? shown.subList(0, TIMELINE) : shown;
      List<Lines.Shown> lines = parts.pages().lines().of(subject, LINES + 1);
      boolean moreLines = lines.size() > LINES;
      return Optional.of(
          new PersonPage(
              subject,
              names.of(List.of(subject)).get(subject),
              sides,
              LineRow.of(moreLines ? lines.subList(0, LINES) : lines, names),
              moreLines,
              page.stream().map(event -> new EventRow(event, null)).toList(),
              more ? page.getLast().id() : null));
    }

    private Optional<Side> side(
        Instance instance, SubjectKey subject, List<Linked> links, List<SyncEvent> newest) {
      List<SyncEvent> theirs =
          newest.stream().filter(event -> event.instance().equals(instance.name())).toList();
      Linked linked =
          links.stream()
              .filter(one -> one.link().target().equals(instance.targetName()))
              .findFirst()
              .orElse(null);
      Map<String, Given> given = explanation.of(instance, subject);
      if (theirs.isEmpty() && linked == null && given.isEmpty()) {
        return Optional.empty();
      }
      String trouble = null;
      Account account = null;
      if (linked != null) {
        try {
          String id = linked.link().accountId();
          account = instance.target().read(List.of(id)).get(id);
          trouble = account == null ? "The linked account " + id + " is not there any more." : null;
        } catch (ConnectorException failure) {
          trouble = "The account cannot be read now: " + failure.getMessage();
        }
      }
      return Optional.of(
          new Side(
              instance.name(),
              instance.targetName(),
              instance.outside() != null,
              Verdict.of(
                  instance.outside() != null,
                  InstanceStanding.of(parts, instance.name()),
                  account == null ? null : account.status(),
                  theirs,
                  Instant.now(parts.clock())),
              linked == null ? null : linked.link().accountId(),
              account == null ? null : login(account),
              account == null ? null : account.status().label(),
              account == null || linked == null
                  ? AccountValues.wanted(given)
                  : AccountValues.of(account, linked, given, instance.nationalIds()),
              account == null ? List.of() : account.affiliations(),
              account == null ? List.of() : List.copyOf(account.groups()),
              coming(instance, subject),
              trouble));
    }

    private static @Nullable String login(Account account) {
      Value login = account.attributes().get("login");
      return login == null ? null : login.textOrNull();
    }

    private List<Coming> coming(Instance instance, SubjectKey subject) {
      return parts.lookup().pendingDates(instance.name(), List.of(subject)).stream()
          .map(event ->
              new Coming(
                  LocalDate.ofInstant(event.due(), instance.zone()), event.reason(), event.id()))
          .sorted(Comparator.comparing(Coming::date))
          .toList();
    }
  }
}
