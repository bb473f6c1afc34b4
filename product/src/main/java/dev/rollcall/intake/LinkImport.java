package dev.rollcall.intake;

import dev.rollcall.db.Database;
import dev.rollcall.event.Checkpoints;
import dev.rollcall.event.Events;
import dev.rollcall.event.NewEvent;
import dev.rollcall.finding.Finding;
import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Findings;
import dev.rollcall.link.Links;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.LinkCopy;
import dev.rollcall.spi.LinkCopy.Copied;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes over, once, whose account is which from the copy that a source has kept until now. What
 * contradicts itself is left out, and a person is told.
 */
public final class LinkImport {

  private static final int TOGETHER = 500;

  private final Database database;
  private final Events events;
  private final Checkpoints checkpoints;
  private final Links links;
  private final Findings findings;
  private final Clock clock;

  public LinkImport(
      Database database,
      Events events,
      Checkpoints checkpoints,
      Links links,
      Findings findings,
      Clock clock) {
    this.database = database;
    this.events = events;
    this.checkpoints = checkpoints;
    this.links = links;
    this.findings = findings;
    this.clock = clock;
  }

  /**
   * Takes the links over unless that was done before; all of them or, when it fails, to be tried
   * again.
   *
   * @param target the target system's name
   * @return how many were taken over
   * @throws dev.rollcall.spi.ConnectorException when the copy cannot be read
   */
  public int once(String instance, String target, LinkCopy copy) {
    String done = instance + ": links";
    if (checkpoints.of(done).isPresent()) {
      return 0;
    }
    Map<SubjectKey, String> accounts = new LinkedHashMap<>();
    Map<SubjectKey, String> unclear = new LinkedHashMap<>();
    Map<String, SubjectKey> owners = new LinkedHashMap<>();
    copy.each(one -> {
      String before = accounts.putIfAbsent(one.subject(), one.accountId());
      if (before != null && !before.equals(one.accountId())) {
        unclear.put(
            one.subject(), "accounts " + before + " and " + one.accountId() + " for one person");
      }
      SubjectKey owner = owners.putIfAbsent(one.accountId(), one.subject());
      if (owner != null && !owner.equals(one.subject())) {
        String both = "account " + one.accountId() + " for " + owner + " and " + one.subject();
        unclear.put(one.subject(), both);
        unclear.put(owner, both);
      }
    });
    accounts.keySet().removeAll(unclear.keySet());
    List<Copied> clear = new ArrayList<>();
    accounts.forEach((subject, account) -> clear.add(new Copied(subject, account, null)));
    int taken = 0;
    for (int from = 0; from < clear.size(); from += TOGETHER) {
      List<Copied> part = clear.subList(from, Math.min(from + TOGETHER, clear.size()));
      taken += database.inTransaction(() -> take(instance, target, part));
    }
    database.inTransaction(() -> {
      findings.raise(
          unclear.entrySet().stream()
              .map(one ->
                  new Finding(
                      FindingKind.LOGIN_CLASH,
                      instance,
                      one.getKey(),
                      "the cross-reference names " + one.getValue() + "; it was not taken over",
                      null,
                      null))
              .toList());
      checkpoints.put(done, "taken over");
    });
    return taken;
  }

  private int take(String instance, String target, List<Copied> part) {
    Set<SubjectKey> known =
        links.find(target, part.stream().map(Copied::subject).toList()).keySet();
    Set<String> owned =
        new HashSet<>(links.owners(target, part.stream().map(Copied::accountId).toList()).keySet());
    List<Copied> fresh =
        part.stream()
            .filter(one -> !known.contains(one.subject()) && !owned.contains(one.accountId()))
            .toList();
    Instant now = Instant.now(clock);
    List<Long> ids =
        events.append(
            fresh.stream()
                .map(one ->
                    NewEvent.now(instance, one.subject(), Cause.RESOLVED, Priority.BULK, now)
                        .decided(
                            EventStatus.COMPLETED,
                            "linked to account " + one.accountId() + " by the cross-reference"))
                .toList());
    List<Links.Applied> applied = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      applied.add(
          new Links.Applied(
              fresh.get(i).subject(), fresh.get(i).accountId(), ids.get(i), Map.of()));
    }
    links.put(target, applied);
    return applied.size();
  }
}
