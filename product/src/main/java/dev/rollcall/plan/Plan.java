package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do about one person today, and why.
 *
 * @param match which account is theirs
 * @param wanted the account as it should be; without effect when stopped
 * @param changes the real differences, in the order to apply them; empty when all is as wanted
 * @param origins where each wanted value comes from, by attribute, the login first
 * @param next when to plan again although nothing was told, null when never
 * @param stop Skipped or Suspended when nothing is to be done, and why; otherwise null
 * @param missing the attributes that people are expected to have and this one, who counts, has not
 * @param remarks what in the facts could not be used and why, for a person to look at
 */
public record Plan(
    Match match,
    Account wanted,
    List<Change> changes,
    Map<String, Origin> origins,
    @Nullable Upcoming next,
    @Nullable Outcome stop,
    List<String> missing,
    List<String> remarks) {
  public Plan {
    missing = List.copyOf(missing);
    remarks = List.copyOf(remarks);
    changes = List.copyOf(changes);
    origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    if (stop != null && !changes.isEmpty()) {
      throw new IllegalArgumentException("A stopped plan changes nothing");
    }
  }

  /** With nothing for a person to look at. */
  public Plan(
      Match match,
      Account wanted,
      List<Change> changes,
      Map<String, Origin> origins,
      @Nullable Upcoming next,
      @Nullable Outcome stop) {
    this(match, wanted, changes, origins, next, stop, List.of(), List.of());
  }
}
