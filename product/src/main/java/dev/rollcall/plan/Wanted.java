package dev.rollcall.plan;

import dev.rollcall.model.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the facts say about a person on a day, before any account is looked at.
 *
 * @param attributes by the target's names, in the order of the rules; what is not known is missing
 * @param affiliations in the order of the source
 * @param criteria the attributes and values of which an account has to have one; what identifies
 *     comes first; empty when nothing identifies the person
 * @param next the next day on which this can change, null when there is none
 * @param remarks what in the facts could not be used and why, for a person to look at
 * @param stop what a rule decided before any account is looked at, null when none did
 * @param alternatives what else could identify the person, in the order to try it where the first
 *     criterion turns out to be somebody else's; see {@link Correlation#instead}
 */
public record Wanted(
    Map<String, Mapped> attributes,
    List<WantedAffiliation> affiliations,
    Map<String, String> criteria,
    @Nullable Upcoming next,
    List<String> remarks,
    @Nullable Outcome stop,
    List<Mapped> alternatives) {
  public Wanted {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    affiliations = List.copyOf(affiliations);
    criteria = Collections.unmodifiableMap(new LinkedHashMap<>(criteria));
    remarks = List.copyOf(remarks);
    alternatives = List.copyOf(alternatives);
  }

  /** Where there is nothing else to try. */
  public Wanted(
      Map<String, Mapped> attributes,
      List<WantedAffiliation> affiliations,
      Map<String, String> criteria,
      @Nullable Upcoming next,
      List<String> remarks,
      @Nullable Outcome stop) {
    this(attributes, affiliations, criteria, next, remarks, stop, List.of());
  }
}
