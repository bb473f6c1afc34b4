package dev.rollcall.web.page;

import dev.rollcall.event.EventFigures;
import dev.rollcall.event.EventFigures.Standing;
import dev.rollcall.event.EventTally;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page people begin at: how everything stands, and what needs them. */
@Controller
final class OverviewController {

  private static final int ATTENTION = 8;
  private static final int LOOKED_AT = 1_000;
  private static final int NEXT = 6;

  private final WebParts parts;
  private final Names names;

  OverviewController(WebParts parts) {
    this.parts = parts;
    this.names = new Names(parts);
  }

  /**
   * An instance.
   *
   * @param held changes that wait for a person's consent
   * @param findings what a person should look at
   * @param lastMessage when the source told something last, or null
   * @param lastError the newest that failed and nothing came after, or null
   */
  record Row(
      String name,
      InstanceStanding control,
      Standing standing,
      long held,
      long findings,
      @Nullable Instant lastMessage,
      @Nullable SyncEvent lastError) {}

  /** A stretch of time that charts can show. */
  enum Range {
    HOUR("Last hour", Duration.ofMinutes(1), 60),
    DAY("Last day", Duration.ofMinutes(15), 96);

    private final String title;
    private final Duration stretch;
    private final int places;

    Range(String title, Duration stretch, int places) {
      this.title = title;
      this.stretch = stretch;
      this.places = places;
    }

    /** As written in the address. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
      return title;
    }

    /** How long the time is that one bar stands for. */
    Duration stretch() {
      return stretch;
    }

    /** How many bars there are. */
    int places() {
      return places;
    }

    /** When the first bar begins, so that the last one ends with the minute that is running. */
    Instant from(Instant now) {
      return now.truncatedTo(ChronoUnit.MINUTES)
          .plus(1, ChronoUnit.MINUTES)
          .minus(stretch.multipliedBy(places));
    }
  }

  @GetMapping("/")
  String overview(@RequestParam(defaultValue = "hour") String range, Model model) {
    fill(range, model);
    return "overview";
  }

  /** The part of the page that changes by itself. */
  @GetMapping("/now")
  String now(@RequestParam(defaultValue = "hour") String range, Model model) {
    fill(range, model);
    return "overview :: now";
  }

  private void fill(String asked, Model model) {
    Range range = asked.equals(Range.DAY.code()) ? Range.DAY : Range.HOUR;
    List<String> instances = parts.instances().stream().map(Instance::name).toList();
    List<SyncEvent> bad =
        parts
            .pages()
            .events()
            .needPerson(instances, List.of(EventStatus.ERROR, EventStatus.SUSPENDED), LOOKED_AT);
    Map<String, InstanceStanding> controls = InstanceStanding.all(parts);
    Map<String, Long> findings = parts.findings().open();
    List<Row> rows =
        parts.instances().stream().map(instance -> row(instance, controls, findings, bad)).toList();
    model.addAttribute("instances", rows);
    model.addAttribute("most", (long) EventFigures.MOST);
    long held = rows.stream().mapToLong(Row::held).sum();
    model.addAttribute("heldCount", held);
    model.addAttribute("badCount", bad.size());
    model.addAttribute("badMost", LOOKED_AT);
    model.addAttribute("needed", held + bad.size());
    model.addAttribute("bad", EventRow.of(bad.subList(0, Math.min(ATTENTION, bad.size())), names));
    model.addAttribute("next", EventRow.of(parts.pages().figures().next(instances, NEXT), names));
    model.addAttribute("retrying", rows.stream().mapToLong(row -> row.standing().retrying()).sum());
    model.addAttribute("calls", TargetCalls.all(parts));
    charts(range, model);
  }

  private void charts(Range range, Model model) {
    EventTally tally = parts.pages().tally();
    Instant now = Instant.now(parts.clock());
    Instant from = range.from(now);
    List<EventTally.Count> counts = tally.counts(from, range.stretch, range.places);
    List<Chart.Row> places = Chart.rows(from, range.stretch, range.places, counts);
    Map<EventStatus, Long> byStatus = new EnumMap<>(EventStatus.class);
    for (EventStatus status : EventStatus.values()) {
      if (status.isFinal()) {
        byStatus.put(status, 0L);
      }
    }
    counts.forEach(count -> byStatus.merge(count.status(), count.events(), Long::sum));
    model.addAttribute("range", range);
    model.addAttribute("ranges", Range.values());
    model.addAttribute("byStatus", byStatus);
    model.addAttribute("throughput", Chart.throughput(places));
    model.addAttribute("waits", Chart.waits(places));
    model.addAttribute("chartFrom", from);
    model.addAttribute("chartMiddle", from.plus(Duration.between(from, now).dividedBy(2)));
    model.addAttribute("counted", tally.until().orElse(null));
  }

  private Row row(
      Instance instance,
      Map<String, InstanceStanding> controls,
      Map<String, Long> findings,
      List<SyncEvent> bad) {
    String name = instance.name();
    return new Row(
        name,
        controls.getOrDefault(name, new InstanceStanding(instance.state(), null)),
        parts.pages().figures().standing(name),
        parts.holds().count(name),
        findings.getOrDefault(name, 0L),
        parts.pages().events().last(name, Cause.MESSAGE).map(SyncEvent::appended).orElse(null),
        bad.stream()
            .filter(event -> event.instance().equals(name))
            .filter(event -> event.status() == EventStatus.ERROR)
            .findFirst()
            .orElse(null));
  }
}
