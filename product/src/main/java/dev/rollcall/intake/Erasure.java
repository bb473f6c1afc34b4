package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditErasure;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.Events;
import dev.rollcall.event.Lines;
import dev.rollcall.event.Sessions;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.Holds;
import dev.rollcall.intake.Requests.RefusedRequest;
import dev.rollcall.link.Decisions;
import dev.rollcall.link.Links;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Erasing;
import java.util.List;
import java.util.Map;

/**
 * Forgets what was said about one person in the past: audit, reasons of finished events, findings,
 * the words of decisions, what was held, messages as they came, what sessions said of them. What is
 * in force (facts, link, account, what is held) stays: it is what Rollcall works with, and the
 * source is where it is to be removed.
 */
public final class Erasure {

  private final Database database;
  private final Events events;
  private final Lines lines;
  private final Sessions sessions;
  private final Links links;
  private final Decisions decisions;
  private final Findings findings;
  private final Holds holds;
  private final Audit audit;
  private final AuditErasure auditErasure;
  private final List<Erasing> connectors;

  /**
   * @param connectors those that keep something of their own
   */
  public Erasure(
      Database database,
      Events events,
      Lines lines,
      Sessions sessions,
      Links links,
      Decisions decisions,
      Findings findings,
      Holds holds,
      Audit audit,
      AuditErasure auditErasure,
      List<Erasing> connectors) {
    this.database = database;
    this.events = events;
    this.lines = lines;
    this.sessions = sessions;
    this.links = links;
    this.decisions = decisions;
    this.findings = findings;
    this.holds = holds;
    this.audit = audit;
    this.auditErasure = auditErasure;
    this.connectors = List.copyOf(connectors);
  }

  /**
   * What was forgotten.
   *
   * @param audit entries that were emptied
   * @param events whose reason was emptied
   * @param messages and lines of requests that lost their text, and people of sessions
   * @param findings that were removed
   */
  public record Erased(SubjectKey subject, long audit, long events, long messages, long findings) {}

  /**
   * Forgets; the audit says who asked and why.
   *
   * @param named {@code source:id}, or the id alone where only one source knows it
   * @param why not blank; never names the person, because it stays
   * @param by who asks
   * @throws RefusedRequest when nobody is known by that name, or more than one
   */
  public Erased erase(String named, String why, String by) {
    SubjectKey subject = subject(named);
    return database.inTransaction(() -> {
      List<String> accounts =
          links.ofSubject(subject.id()).stream()
              .filter(linked -> linked.link().subject().equals(subject))
              .map(linked -> linked.link().accountId())
              .toList();
      long messages = lines.eraseTexts(subject) + sessions.eraseTexts(subject);
      for (Erasing connector : connectors) {
        messages += connector.erase(subject);
      }
      Erased erased =
          new Erased(
              subject,
              auditErasure.erase(subject, accounts, by, why),
              events.eraseReasons(subject),
              messages,
              findings.forget(subject));
      decisions.eraseWords(subject);
      holds.forgetClosed(subject);
      audit.append(
          List.of(
              new AuditEntry(
                  AuditKind.ERASED,
                  null,
                  subject,
                  null,
                  Map.of(
                      "by", by,
                      "why", why,
                      "audit", erased.audit(),
                      "events", erased.events(),
                      "messages", erased.messages(),
                      "findings", erased.findings()))));
      return erased;
    });
  }

  private SubjectKey subject(String named) {
    int colon = named.indexOf(':');
    String id = colon < 0 ? named : named.substring(colon + 1);
    List<String> sources =
        auditErasure.sources(id).stream()
            .filter(source -> colon < 0 || source.equals(named.substring(0, colon)))
            .toList();
    return switch (sources.size()) {
      case 0 -> throw new RefusedRequest("The audit knows nobody as " + named, true);
      case 1 -> new SubjectKey(sources.getFirst(), id);
      default ->
          throw new RefusedRequest(
              "%s is somebody in each of %s; name one as SOURCE:ID"
                  .formatted(named, String.join(", ", sources)),
              false);
    };
  }
}
