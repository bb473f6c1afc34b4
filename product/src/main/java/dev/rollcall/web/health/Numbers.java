package dev.rollcall.web.health;

import dev.rollcall.event.EventFigures;
import dev.rollcall.event.InstanceStates.Standing;
import dev.rollcall.intake.DirectoryWatch;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of an instance, in numbers; every process reads the same.
 *
 * @param blocked whether nothing may be worked, because the database or the source is a copy
 * @param suspended ended so, and nothing came after
 * @param failed ended so, and nothing came after
 * @param sinceMessage null when none ever came
 * @param sincePoll null when nothing is watched, or it was never looked at
 * @param kept files that are not tried again as they are
 */
record Numbers(
    InstanceState state,
    boolean paused,
    boolean blocked,
    EventFigures.Standing queue,
    long held,
    long suspended,
    long failed,
    long findings,
    @Nullable Duration sinceMessage,
    @Nullable Duration sincePoll,
    int kept) {

  /** What ended badly is counted no further. */
  static final int MOST = 1_000;

  /** Of every instance, by name. */
  static Map<String, Numbers> of(WebParts parts) {
    Map<String, Standing> standings =
        parts.states().all().stream()
            .collect(Collectors.toMap(Standing::instance, Function.identity()));
    Map<String, Long> findings = parts.findings().open();
    Map<String, Numbers> all = new HashMap<>();
    for (Instance instance : parts.instances()) {
      String name = instance.name();
      all.put(name, of(parts, instance, standings.get(name), findings.getOrDefault(name, 0L)));
    }
    return all;
  }

  private static Numbers of(
      WebParts parts, Instance instance, @Nullable Standing standing, long findings) {
    String name = instance.name();
    Instant now = parts.clock().instant();
    Optional<DirectoryWatch.Standing> watch =
        parts.watches().stream()
            .filter(one -> one.instance().equals(name))
            .map(DirectoryWatch::standing)
            .findFirst();
    return new Numbers(
        standing == null ? instance.state() : standing.state(),
        standing != null && standing.pause() != null,
        parts.gate().objection(name).isPresent(),
        parts.pages().figures().standing(name),
        parts.holds().count(name),
        ended(parts, name, EventStatus.SUSPENDED),
        ended(parts, name, EventStatus.ERROR),
        findings,
        parts
            .pages()
            .events()
            .last(name, Cause.MESSAGE)
            .map(SyncEvent::appended)
            .map(at -> Duration.between(at, now))
            .orElse(null),
        watch
            .map(DirectoryWatch.Standing::lookedAt)
            .map(at -> Duration.between(at, now))
            .orElse(null),
        watch.map(one -> one.kept().size()).orElse(0));
  }

  private static long ended(WebParts parts, String instance, EventStatus status) {
    return parts.pages().events().needPerson(List.of(instance), List.of(status), MOST).size();
  }
}
