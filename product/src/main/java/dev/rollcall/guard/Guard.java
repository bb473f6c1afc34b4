package dev.rollcall.guard;

import dev.rollcall.guard.Holds.Closing;
import dev.rollcall.guard.Holds.Decision;
import dev.rollcall.guard.Holds.Held;
import dev.rollcall.guard.Holds.Open;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets no more harm be done within a window of time than the settings allow, by however many
 * processes and over whatever restarts. What is beyond the limit is held, for a person to decide.
 *
 * <p>Asked inside the transaction that writes the accounts: what passes is counted in the same one,
 * and nobody else is told about the same class until it ends.
 */
public final class Guard {

  private final Counts counts;
  private final Holds holds;
  private volatile Map<String, Limits> limits;

  /**
   * @param limits by instance; one that is missing has none
   */
  public Guard(JdbcClient jdbc, Clock clock, Holds holds, Map<String, Limits> limits) {
    this.counts = new Counts(jdbc, clock);
    this.holds = holds;
    this.limits = Map.copyOf(limits);
  }

  /** From now on these are in force. */
  public void replace(Map<String, Limits> others) {
    limits = Map.copyOf(others);
  }

  /** Whether changes of this class have to be asked about. */
  public boolean isGuarded(String instance, ChangeClass one) {
    return limits(instance).of(one) != null;
  }

  /**
   * Judges what the events of a claim want, in the order given: the first ones pass, until the
   * limit is reached. Joins the caller's transaction.
   *
   * @param wishes one for each event; also for those that want nothing when something may be held
   *     of their subjects
   * @param holding whether anything of this instance is held; when not, it is not looked for
   * @param linked how many accounts are linked; asked only when a percentage has to be known
   */
  public Judgement judge(String instance, List<Wish> wishes, boolean holding, LongSupplier linked) {
    List<Open> open =
        holding ? holds.lock(instance, wishes.stream().map(Wish::subject).toList()) : List.of();
    Map<SubjectKey, Map<ChangeClass, Open>> bySubject = new HashMap<>();
    for (Open one : open) {
      bySubject
          .computeIfAbsent(one.subject(), _ -> new EnumMap<>(ChangeClass.class))
          .put(one.changeClass(), one);
    }
    Judgement judgement = new Judgement(instance, wishes, open);
    Limits inForce = limits(instance);
    List<Counting> toCount = new ArrayList<>();
    for (Wish wish : wishes) {
      Map<ChangeClass, Open> held = bySubject.getOrDefault(wish.subject(), Map.of());
      wish.changes()
          .forEach((one, changes) -> {
            Verdict decided = decided(held.get(one), changes);
            Limit limit = inForce.of(one);
            if (decided != null) {
              judgement.add(wish.event(), one, decided);
            } else if (limit == null || (wish.announced() && limit.passAnnounced())) {
              judgement.add(wish.event(), one, new Verdict.Pass(false));
            } else {
              toCount.add(new Counting(wish.event(), one, limit));
            }
          });
    }
    count(judgement, toCount, inForce, new Once(linked));
    return judgement;
  }

  private record Counting(long event, ChangeClass one, Limit limit) {}

  private void count(
      Judgement judgement, List<Counting> toCount, Limits inForce, LongSupplier linked) {
    Set<ChangeClass> classes = EnumSet.noneOf(ChangeClass.class);
    toCount.forEach(counting -> classes.add(counting.one()));
    Map<ChangeClass, Long> changed = counts.lock(judgement.instance(), classes, inForce.window());
    for (Counting counting : toCount) {
      long wouldBe = changed.getOrDefault(counting.one(), 0L) + 1;
      String limit = counting.limit().exceededBy(wouldBe, linked);
      if (limit == null) {
        changed.put(counting.one(), wouldBe);
      }
      judgement.add(
          counting.event(),
          counting.one(),
          limit == null
              ? new Verdict.Pass(true)
              : new Verdict.Hold(
                  "%s: %d within %s would be more than %s"
                      .formatted(counting.one().code(), wouldBe, inForce.windowText(), limit)));
    }
  }

  /** What a person decided about these changes; null when they have not, or not about these. */
  private static @Nullable Verdict decided(@Nullable Open open, List<Change> changes) {
    Decision decision = open == null ? null : open.decision();
    if (open == null || decision == null) {
      return null;
    }
    return switch (decision) {
      // Who released saw these changes and no others; what came since is asked about anew.
      case RELEASED -> Sameness.isWithin(changes, open.same()) ? new Verdict.Pass(false) : null;
      case REJECTED ->
          open.same().equals(Sameness.of(changes))
              ? new Verdict.Reject(
                  "%s: rejected by %s on %s: %s"
                      .formatted(open.changeClass().code(), open.by(), open.at(), open.why()))
              : null;
    };
  }

  /**
   * Counts what passed and was made, keeps what is held, and closes what was held before and is not
   * any more. Joins the caller's transaction, the one in which it was judged.
   *
   * @param done the events that came to an end with their subject looked at
   * @param told how changes are told
   */
  public void record(
      Judgement judgement, Set<Long> done, Function<List<Change>, List<Map<String, Object>>> told) {
    keep(judgement, done, told);
    count(judgement, done);
  }

  /**
   * Counts all that passed before it is made: what is made outside cannot be made in the
   * transaction in which it was judged, and what fails then has been counted all the same. Joins
   * the caller's transaction, the one in which it was judged.
   */
  public void reserve(Judgement judgement) {
    count(judgement, judgement.wishes().keySet());
  }

  private void count(Judgement judgement, Set<Long> done) {
    Map<ChangeClass, Long> made = new EnumMap<>(ChangeClass.class);
    for (long event : judgement.wishes().keySet()) {
      if (done.contains(event)) {
        judgement
            .of(event)
            .forEach((one, verdict) -> {
              if (verdict instanceof Verdict.Pass(boolean counted) && counted) {
                made.merge(one, 1L, Long::sum);
              }
            });
      }
    }
    if (!made.isEmpty()) {
      counts.add(judgement.instance(), made, limits(judgement.instance()).window());
    }
  }

  /**
   * Keeps what is held, and closes what was held before and is not any more; what passed was {@link
   * #reserve reserved}. Joins the caller's transaction.
   *
   * @param done the events that came to an end with their subject looked at
   * @param told how changes are told
   */
  public void keep(
      Judgement judgement, Set<Long> done, Function<List<Change>, List<Map<String, Object>>> told) {
    List<Held> held = new ArrayList<>();
    Map<SubjectKey, Wish> wishes = new HashMap<>();
    judgement.wishes().values().stream()
        .filter(wish -> done.contains(wish.event()))
        .forEach(wish -> {
          wishes.put(wish.subject(), wish);
          judgement
              .of(wish.event())
              .forEach((one, verdict) -> {
                if (verdict instanceof Verdict.Hold(String reason)) {
                  List<Change> changes = wish.changes().getOrDefault(one, List.of());
                  held.add(
                      new Held(
                          wish.subject(),
                          one,
                          wish.event(),
                          reason,
                          told.apply(changes),
                          Sameness.of(changes)));
                }
              });
        });
    List<Closing> closings = new ArrayList<>();
    for (Open open : judgement.open()) {
      Wish wish = wishes.get(open.subject());
      String how = wish == null ? null : closed(open, judgement.of(wish.event()), wish.whole());
      if (wish != null && how != null) {
        closings.add(new Closing(open.id(), how, wish.event()));
      }
    }
    holds.close(closings);
    holds.hold(judgement.instance(), held);
  }

  /** How a row is done with; null when it stays open. */
  private static @Nullable String closed(
      Open open, Map<ChangeClass, Verdict> verdicts, boolean whole) {
    return switch (verdicts.get(open.changeClass())) {
      // Who wants a part says nothing about the rest.
      case null -> whole ? "moot" : null;
      case Verdict.Pass _ -> "made";
      // What was decided was something else.
      case Verdict.Hold _ -> open.decision() == null ? null : "moot";
      case Verdict.Reject _ -> null;
    };
  }

  private Limits limits(String instance) {
    return limits.getOrDefault(instance, Limits.none());
  }

  /** Asks once and remembers. For one thread. */
  private static final class Once implements LongSupplier {
    private final LongSupplier asked;
    private @Nullable Long answer;

    Once(LongSupplier asked) {
      this.asked = asked;
    }

    @Override
    public long getAsLong() {
      if (answer == null) {
        answer = asked.getAsLong();
      }
      return answer;
    }
  }
}
