package dev.rollcall.sync;

import dev.rollcall.event.InstanceStates;
import dev.rollcall.link.Links;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says what would be done now, on the path that every event goes, and does nothing: no event is
 * appended and nothing is written, whatever the state of the instance.
 */
public final class Preview {

  /** As many as a claim takes. */
  private static final int TOGETHER = 500;

  private final Links links;
  private final InstanceStates states;
  private final Clock clock;

  /**
   * @param states by which a pause is noticed
   */
  public Preview(Links links, InstanceStates states, Clock clock) {
    this.links = links;
    this.states = states;
    this.clock = clock;
  }

  /**
   * What would be done about one person; empty when the source does not know them.
   *
   * @throws ConnectorException when the other side is away
   */
  public Optional<Previewed> of(Instance instance, SubjectKey subject) {
    if (!instance.source().fetch(List.of(subject)).containsKey(subject)) {
      return Optional.empty();
    }
    Worked worked = thinker(instance).think(List.of(asked(instance, subject))).getFirst();
    return Optional.of(Previewed.of(worked));
  }

  /**
   * What would be done about everybody the source knows, one after the other in the order of their
   * ids. Where accounts are in another system that takes a call or more for each person: they are
   * made behind all others, however long that takes.
   *
   * @param each told about every person
   * @return the numbers
   * @throws ConnectorException when the other side is away
   * @throws ErrandOver when calls would be needed and the instance is paused
   */
  public PreviewTally all(Instance instance, Consumer<Previewed> each) {
    PreviewTally tally = new PreviewTally();
    inParts(
        instance,
        part -> {
          for (Worked worked : part) {
            Previewed previewed = Previewed.of(worked);
            tally.count(previewed);
            each.accept(previewed);
          }
        });
    return tally;
  }

  /** Thinks about everybody the source knows, a part at a time. */
  void inParts(Instance instance, Consumer<List<Worked>> each) {
    Outside outside = instance.outside();
    Consumer<List<SyncEvent>> thinking =
        outside == null ? together(instance, each) : oneByOne(instance, outside, each);
    List<SubjectKey> part = instance.source().known(null, TOGETHER);
    while (!part.isEmpty()) {
      thinking.accept(part.stream().map(subject -> asked(instance, subject)).toList());
      part =
          part.size() < TOGETHER
              ? List.of()
              : instance.source().known(part.getLast().id(), TOGETHER);
    }
  }

  /** As a claim is thought about. */
  private Consumer<List<SyncEvent>> together(Instance instance, Consumer<List<Worked>> each) {
    Thinker thinker = thinker(instance);
    // One for all parts: two people of different parts can be given the same account as well.
    Rivals rivals = new Rivals();
    return part -> each.accept(thinker.think(part, rivals));
  }

  /** As events whose accounts are outside are worked: each finds what those before came to. */
  private Consumer<List<SyncEvent>> oneByOne(
      Instance instance, Outside outside, Consumer<List<Worked>> each) {
    Foreseen foreseen = new Foreseen();
    LongQuestion question = new LongQuestion(instance.name(), outside.budget(), states);
    return part -> {
      // What a target remembers of its errand is let go with each part.
      Instance asking = instance.during(outside.target().during(question));
      Thinker thinker = new Thinker(asking, new AccountFinder(links, foreseen), clock);
      for (SyncEvent event : part) {
        List<Worked> worked = thinker.think(List.of(event));
        foreseen.note(worked.getFirst());
        each.accept(worked);
      }
    };
  }

  private Thinker thinker(Instance instance) {
    return new Thinker(instance, new AccountFinder(links), clock);
  }

  /** What stands for the event that there is none of. */
  private SyncEvent asked(Instance instance, SubjectKey subject) {
    Instant now = clock.instant();
    return new SyncEvent(
        0,
        instance.name(),
        subject,
        Cause.RESYNC,
        Priority.INTERACTIVE,
        EventStatus.NEW,
        0,
        now,
        null,
        now,
        null,
        null,
        null);
  }
}
