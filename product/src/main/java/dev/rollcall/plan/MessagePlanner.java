package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.plan.rule.Rules;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Thinks about one person: what the facts say on a day, and what is to be done to their account.
 * The same arguments always give the same answer. May be shared by threads.
 *
 * <p>The tables in force are those of the message that told of the person last: that is what the
 * guide's two lookups of each kind mean once a person is more than one message.
 */
public final class MessagePlanner implements Planner {

  private final Predicate<String> isFull;
  private final PersonPlanner sync;
  private final PersonPlanner full;
  private final Set<String> nationalIds;

  /**
   * @param sync in force unless the full publication told of the person last
   * @param full in force when it did
   * @param isFull whether a message of this name is the full publication
   */
  public MessagePlanner(Tables sync, Tables full, Predicate<String> isFull) {
    this.sync = new PersonPlanner(sync);
    this.full = new PersonPlanner(full);
    this.nationalIds = new HashSet<>(sync.mapping().nationalIds());
    nationalIds.addAll(full.mapping().nationalIds());
    this.isFull = isFull;
  }

  /** With one mapping for everybody and no further rules. */
  public MessagePlanner(Mapping mapping, PlanSettings settings) {
    Tables tables = new Tables(mapping, settings, Rules.none());
    this(tables, tables, _ -> false);
  }

  @Override
  public Set<String> nationalIds() {
    return Set.copyOf(nationalIds);
  }

  @Override
  public Wanted want(Facts facts, LocalDate today) {
    return of(facts).want(facts, today);
  }

  @Override
  public Plan plan(
      Facts facts, Wanted wanted, Match match, @Nullable Account found, LocalDate today) {
    return of(facts).plan(facts, wanted, match, found, today);
  }

  private PersonPlanner of(Facts facts) {
    String message = facts.message();
    return message != null && isFull.test(message) ? full : sync;
  }
}
