package dev.rollcall.sync;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Origin;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Mapped;
import dev.rollcall.plan.Planner;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what the facts give today and by which rule, without doing anything. */
public final class Explanation {

  private static final Logger log = LoggerFactory.getLogger(Explanation.class);

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
    return of(instance, List.of(subject)).getOrDefault(subject, Map.of());
  }

  /**
   * By subject and attribute. Somebody the source does not know is missing, as is somebody whose
   * facts a rule cannot bear: whoever asks wants to see the rest.
   */
  public Map<SubjectKey, Map<String, Given>> of(
      Instance instance, Collection<SubjectKey> subjects) {
    LocalDate today = LocalDate.now(clock.withZone(instance.zone()));
    Planner planner = instance.planner();
    Map<SubjectKey, Map<String, Given>> all = new HashMap<>();
    facts(instance, List.copyOf(subjects))
        .forEach((subject, facts) -> {
          try {
            all.put(subject, given(planner, facts, today));
          } catch (RuntimeException failure) {
            log.debug("What the facts of somebody give cannot be said", failure);
          }
        });
    return all;
  }

  /** What is not understood of one person must not hide the others. */
  private static Map<SubjectKey, Facts> facts(Instance instance, List<SubjectKey> subjects) {
    try {
      return instance.source().fetch(subjects);
    } catch (ConnectorException failure) {
      log.debug("The facts of {} people cannot be read", subjects.size(), failure);
      if (subjects.size() < 2 || failure.kind() != ErrorKind.UNREADABLE) {
        return Map.of();
      }
      int middle = subjects.size() / 2;
      Map<SubjectKey, Facts> all = new HashMap<>(facts(instance, subjects.subList(0, middle)));
      all.putAll(facts(instance, subjects.subList(middle, subjects.size())));
      return all;
    }
  }

  private static Map<String, Given> given(Planner planner, Facts facts, LocalDate today) {
    Map<String, Given> given = new HashMap<>();
    for (Map.Entry<String, Mapped> one : planner.want(facts, today).attributes().entrySet()) {
      String text = one.getValue().value().textOrNull();
      given.put(one.getKey(), new Given(text == null ? "" : text, one.getValue().origin()));
    }
    return given;
  }
}
