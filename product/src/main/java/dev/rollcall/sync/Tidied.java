package dev.rollcall.sync;

import dev.rollcall.model.Swept;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What housekeeping did.
 *
 * @param dryRun whether it only looked
 * @param complete whether it came to its end; else the next time goes on
 * @param before by kind: what is not older was left alone
 * @param swept by kind: what went and what stays
 */
public record Tidied(
    boolean dryRun, boolean complete, Map<String, Instant> before, Map<String, Swept> swept) {
  public Tidied {
    before = new LinkedHashMap<>(before);
    swept = new LinkedHashMap<>(swept);
  }

  /**
   * As the REST API and the command tell it: the number of each kind under its name, the moments
   * under {@code before}, and under {@code kept} what stays although it is old, by kind and reason.
   */
  public Map<String, Object> told() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("dryRun", dryRun);
    told.put("complete", complete);
    swept.forEach((kind, done) -> told.put(kind, done.gone()));
    Map<String, String> moments = new LinkedHashMap<>();
    before.forEach((kind, moment) -> moments.put(kind, moment.toString()));
    told.put("before", moments);
    Map<String, Map<String, Long>> kept = new LinkedHashMap<>();
    swept.forEach((kind, done) -> {
      if (!done.kept().isEmpty()) {
        kept.put(kind, done.kept());
      }
    });
    told.put("kept", kept);
    return told;
  }

  /** In one sentence. */
  public String sentence() {
    String numbers =
        swept.entrySet().stream()
            .map(kind -> kind.getValue().gone() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    return (dryRun ? "Would remove " : "Removed ")
        + numbers
        + (complete ? "" : "; was stopped before it came to its end");
  }
}
