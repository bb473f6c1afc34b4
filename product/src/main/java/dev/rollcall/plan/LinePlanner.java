package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Line;
import dev.rollcall.model.Match;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thinks about single lines of requests: does what a line asks for and nothing else. */
public interface LinePlanner extends Planner {

  /**
   * What to do for a line on this day.
   *
   * @param wanted what {@link #want} said about the same facts on the same day
   * @param match which account it is about
   * @param found that account as it is now, null when there is none
   */
  LinePlan plan(
      Line line, Facts facts, Wanted wanted, Match match, @Nullable Account found, LocalDate today);

  /**
   * The account as it is after these changes.
   *
   * @param found as it was before, null when it was made
   * @param id the other side's own id
   */
  Account after(@Nullable Account found, String id, List<Change> changes);
}
