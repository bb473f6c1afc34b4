package dev.rollcall.web.page;

import dev.rollcall.sync.budget.BudgetStanding;
import dev.rollcall.sync.budget.SpentWindow;
import dev.rollcall.web.WebParts;
import dev.rollcall.web.page.OverviewController.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The calls of targets outside: what they may still be made, and what was made. */
@Controller
final class CallsController {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final WebParts parts;

  CallsController(WebParts parts) {
    this.parts = parts;
  }

  @GetMapping("/calls")
  String calls(@RequestParam(defaultValue = "hour") String range, Model model) {
    fill(range, model);
    return "calls";
  }

  /** The part of the page that changes by itself. */
  @GetMapping("/calls/now")
  String now(@RequestParam(defaultValue = "hour") String range, Model model) {
    fill(range, model);
    return "calls :: now";
  }

  private void fill(String asked, Model model) {
    Range range = asked.equals(Range.DAY.code()) ? Range.DAY : Range.HOUR;
    Instant now = Instant.now(parts.clock());
    Instant from = range.from(now);
    List<TargetCalls> targets = TargetCalls.all(parts);
    Map<String, List<SpentWindow>> windows =
        targets.isEmpty()
            ? Map.of()
            : parts.budgets().windows(from).stream()
                .collect(Collectors.groupingBy(SpentWindow::target));
    Map<String, CallChart> charts =
        targets.stream()
            .collect(
                Collectors.toMap(
                    TargetCalls::target,
                    one ->
                        CallChart.of(
                            from,
                            range.stretch(),
                            range.places(),
                            withOpen(windows.getOrDefault(one.target(), List.of()), one))));
    model.addAttribute("range", range);
    model.addAttribute("ranges", Range.values());
    model.addAttribute("targets", targets);
    model.addAttribute("charts", charts);
    model.addAttribute("chartFrom", from);
    model.addAttribute(
        "chartMiddle",
        from.plus(Duration.between(from, now).dividedBy(2)).truncatedTo(ChronoUnit.SECONDS));
  }

  /** The windows that are over, and those that are open. */
  private static List<SpentWindow> withOpen(List<SpentWindow> over, TargetCalls target) {
    List<SpentWindow> all = new ArrayList<>(over);
    for (BudgetStanding bucket : target.buckets()) {
      Instant ends = bucket.resetsAt();
      if (ends != null) {
        all.add(
            new SpentWindow(
                bucket.target(),
                bucket.bucket(),
                ends.minus(WINDOW),
                bucket.permitted(),
                bucket.used(),
                bucket.refused()));
      }
    }
    return all;
  }
}
