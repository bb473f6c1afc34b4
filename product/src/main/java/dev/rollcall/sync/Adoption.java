package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.Events;
import dev.rollcall.event.NewEvent;
import dev.rollcall.link.Links;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Match;
import dev.rollcall.model.Priority;
import dev.rollcall.plan.Plan;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * The first day with accounts that are there already: links everybody with exactly one account that
 * fits, and writes to no account. Who is not clear is left to be decided, who has none is left for
 * the day the instance is switched on.
 */
public final class Adoption {

  private final Database database;
  private final Events events;
  private final Links links;
  private final Audit audit;
  private final Preview preview;
  private final Clock clock;

  public Adoption(
      Database database, Events events, Links links, Audit audit, Preview preview, Clock clock) {
    this.database = database;
    this.events = events;
    this.links = links;
    this.audit = audit;
    this.preview = preview;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param before the numbers as they were found
   * @param linked how many were linked
   * @param failed how many could not be, because somebody else was quicker
   */
  public record Adopted(PreviewTally before, long linked, long failed) {}

  /**
   * Links everybody who has exactly one account.
   *
   * @param by who asks
   * @param why in their words, or null
   * @throws ConnectorException when the other side is away; the parts before are linked
   */
  public Adopted link(Instance instance, String by, @Nullable String why) {
    PreviewTally tally = new PreviewTally();
    long[] linked = new long[2];
    preview.inParts(
        instance,
        part -> {
          part.forEach(worked -> tally.count(Previewed.of(worked)));
          List<Worked> unique = part.stream().filter(Adoption::isUnique).toList();
          int done = linkOrHalve(instance, unique, by, why);
          linked[0] += done;
          linked[1] += unique.size() - done;
        });
    return new Adopted(tally, linked[0], linked[1]);
  }

  private static boolean isUnique(Worked worked) {
    Plan plan = worked.plan();
    return plan != null && plan.stop() == null && plan.match() instanceof Match.Unique;
  }

  /** How many were linked: in halves, until whoever cannot be linked stands alone. */
  private int linkOrHalve(Instance instance, List<Worked> part, String by, @Nullable String why) {
    if (part.isEmpty()) {
      return 0;
    }
    try {
      database.inTransaction(() -> link(instance, part, by, why));
      return part.size();
    } catch (DuplicateKeyException taken) {
      int middle = part.size() / 2;
      return middle == 0
          ? 0
          : linkOrHalve(instance, part.subList(0, middle), by, why)
              + linkOrHalve(instance, part.subList(middle, part.size()), by, why);
    }
  }

  private void link(Instance instance, List<Worked> part, String by, @Nullable String why) {
    Instant now = Instant.now(clock);
    List<Long> ids =
        events.append(
            part.stream()
                .map(worked ->
                    NewEvent.now(
                            instance.name(),
                            worked.event().subject(),
                            Cause.RESOLVED,
                            Priority.BULK,
                            now)
                        .decided(
                            EventStatus.COMPLETED,
                            "linked for " + by + ": " + unique(worked).reason()))
                .toList());
    List<Links.Applied> applied = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Match.Unique match = unique(part.get(i));
      applied.add(
          new Links.Applied(
              part.get(i).event().subject(), match.accountId(), ids.get(i), Map.of()));
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("action", "link");
      entry.put("by", by);
      if (why != null) {
        entry.put("why", why);
      }
      entry.put("match", OutcomeEntry.match(match));
      entries.add(
          new AuditEntry(
              AuditKind.REQUESTED,
              instance.name(),
              part.get(i).event().subject(),
              ids.get(i),
              entry));
    }
    links.put(instance.targetName(), applied);
    audit.append(entries);
  }

  private static Match.Unique unique(Worked worked) {
    if (worked.plan() != null && worked.plan().match() instanceof Match.Unique unique) {
      return unique;
    }
    throw new IllegalArgumentException(worked.event().subject() + " has no unique match");
  }
}
