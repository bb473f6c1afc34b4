package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Thinks about one person: what the facts say on a day, and what is to be done to their account. No
 * I/O and no clock: the same arguments always give the same answer. May be shared by threads.
 */
public interface Planner {

  /** The attributes that are read from a national id, which is never shown. */
  Set<String> nationalIds();

  /** What the facts say on this day, and by what to search for the account. */
  Wanted want(Facts facts, LocalDate today);

  /**
   * What is to be done on this day.
   *
   * @param wanted what {@link #want} said about the same facts on the same day
   * @param match as {@link Matcher} decided
   * @param found the matched account as read, null when there is none
   */
  Plan plan(Facts facts, Wanted wanted, Match match, @Nullable Account found, LocalDate today);

  /** By what to tell whose an account is. */
  default Correlation correlation() {
    return ByCriteria.RULE;
  }
}
