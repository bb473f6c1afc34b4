package dev.rollcall.sync;

import dev.rollcall.model.Facts;
import dev.rollcall.model.Origin;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Mapped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says what the facts give today and by which rule, without doing anything. */
public final class Explanation {

  private final Clock clock;

  public Explanation(Clock clock) {
    this.clock = clock;
  }

  /**
   * What the source's facts give for this subject today.
   *
   * @param text the value, empty when it is known to have none
   */
  public record Given(String text, Origin origin) {}

  /** By attribute; nothing for what is not known. */
  public Map<String, Given> of(Instance instance, SubjectKey subject) {
    Map<String, Given> given = new HashMap<>();
    Facts facts = instance.source().fetch(List.of(subject)).get(subject);
    if (facts != null) {
      LocalDate today = LocalDate.now(clock.withZone(instance.zone()));
      for (Map.Entry<String, Mapped> one :
          instance.planner().want(facts, today).attributes().entrySet()) {
        String text = one.getValue().value().textOrNull();
        given.put(one.getKey(), new Given(text == null ? "" : text, one.getValue().origin()));
      }
    }
    return given;
  }
}
