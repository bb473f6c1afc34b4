package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.InstanceStates.Pause;
import dev.rollcall.event.InstanceStates.Standing;
import dev.rollcall.intake.DirectoryWatch;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.schedule.JobState;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Instances: what there is, and asking one to look at people again. */
@RestController
@RequestMapping("/api/instances")
final class InstancesController {

  private final WebParts parts;

  InstancesController(WebParts parts) {
    this.parts = parts;
  }

  /**
   * An instance.
   *
   * @param state {@code off}, {@code preview} or {@code on}
   * @param paused whether it is stopped, whatever its state
   * @param pause since when, by whom and why, or null
   * @param due waiting for a later date
   * @param lagSeconds for how long the event that waits longest has been due
   * @param lastPoll when the source was asked last, or the watched directory looked at; null where
   *     neither is done
   * @param lastError why nothing is worked here, else what went wrong at that look, else with the
   *     last event that waits to be tried again, else with the last one that ended as an error
   * @param held changes beyond a limit that wait for a person to decide
   * @param keptFiles files in the watched directory that are not tried again as they are
   */
  record InstanceView(
      String instance,
      String state,
      boolean paused,
      @Nullable Pause pause,
      long waiting,
      long due,
      long lagSeconds,
      @Nullable Instant lastPoll,
      @Nullable String lastError,
      long held,
      List<DirectoryWatch.KeptFile> keptFiles) {}

  @Operation("Lists the instances, and how each stands.")
  @GetMapping
  List<InstanceView> list() {
    Map<String, Standing> standings =
        parts.states().all().stream().collect(Collectors.toMap(Standing::instance, one -> one));
    return parts.instances().stream()
        .map(instance -> view(instance, standings.get(instance.name())))
        .toList();
  }

  private InstanceView view(Instance configured, @Nullable Standing standing) {
    String instance = configured.name();
    InstanceState state = standing == null ? configured.state() : standing.state();
    Pause pause = standing == null ? null : standing.pause();
    EventLookup.Backlog backlog = parts.lookup().backlog(instance);
    DirectoryWatch.Standing watch =
        parts.watches().stream()
            .filter(one -> one.instance().equals(instance))
            .map(DirectoryWatch::standing)
            .findFirst()
            .orElse(new DirectoryWatch.Standing(null, null, List.of()));
    Optional<JobState> poll =
        parts.schedule().jobs().stream()
            .filter(job -> job.job().equals("poll " + instance))
            .findFirst();
    return new InstanceView(
        instance,
        state.code(),
        pause != null,
        pause,
        backlog.waiting(),
        backlog.due(),
        backlog.lagSeconds(),
        poll.map(JobState::ended).orElse(watch.lookedAt()),
        parts
            .gate()
            .objection(instance)
            .or(() -> Optional.ofNullable(watch.trouble()))
            .or(() ->
                poll.filter(job -> job.outcome() == JobState.Outcome.FAILED).map(JobState::said))
            .or(() -> parts.lookup().lastError(instance))
            .orElse(null),
        parts.holds().count(instance),
        watch.kept());
  }

  /**
   * Whom to look at again.
   *
   * @param id the person's id in the source, or null for {@code all}
   * @param all everybody who is linked
   */
  record ResyncRequest(@Nullable String id, @Nullable Boolean all) {}

  /** The events that were appended; {@code event} is the first. */
  record Resynced(String instance, int count, @Nullable Long event, String cause) {}

  @Operation(value = "Looks again at one person, or at everybody.", refuses = 409)
  @PostMapping("/{name}/resync")
  Resynced resync(@PathVariable String name, @RequestBody ResyncRequest request, SignedIn who) {
    Instance instance =
        parts.instances().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new Failures.NotFound("There is no instance " + name));
    String id = request.id();
    if ((id == null) != Boolean.TRUE.equals(request.all())) {
      throw new IllegalArgumentException("Name either one person or all");
    }
    List<Long> events =
        id == null
            ? resyncAll(instance, who)
            : parts
                .requests()
                .resync(name, List.of(known(instance, id)), Priority.INTERACTIVE, who.name());
    return new Resynced(name, events.size(), events.isEmpty() ? null : events.getFirst(), "RESYNC");
  }

  private List<Long> resyncAll(Instance instance, SignedIn who) {
    List<SubjectKey> everybody =
        parts.links().subjects(instance.targetName(), instance.sourceName());
    return parts.requests().resync(instance.name(), everybody, Priority.BULK, who.name());
  }

  private static SubjectKey known(Instance instance, String named) {
    SubjectKey subject = new SubjectKey(instance.sourceName(), PeopleController.idOf(named));
    if (!instance.source().fetch(List.of(subject)).containsKey(subject)) {
      throw new Failures.NotFound(
          instance.name() + " was never told anything about " + subject.id());
    }
    return subject;
  }
}
