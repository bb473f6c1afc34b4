package dev.rollcall.guard;

import dev.rollcall.guard.Holds.Open;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the guard said to the wishes of one claim. */
public final class Judgement {

  private final String instance;
  private final Map<Long, Wish> wishes = new HashMap<>();
  private final Map<Long, Map<ChangeClass, Verdict>> verdicts = new HashMap<>();
  private final List<Open> open;

  Judgement(String instance, List<Wish> wishes, List<Open> open) {
    this.instance = instance;
    wishes.forEach(wish -> this.wishes.put(wish.event(), wish));
    this.open = List.copyOf(open);
  }

  void add(long event, ChangeClass one, Verdict verdict) {
    verdicts.computeIfAbsent(event, _ -> new HashMap<>()).put(one, verdict);
  }

  /** By class; nothing for an event that wants nothing that is guarded. */
  public Map<ChangeClass, Verdict> of(long event) {
    return verdicts.getOrDefault(event, Map.of());
  }

  String instance() {
    return instance;
  }

  Map<Long, Wish> wishes() {
    return wishes;
  }

  /** What was held of these subjects before. */
  List<Open> open() {
    return open;
  }
}
