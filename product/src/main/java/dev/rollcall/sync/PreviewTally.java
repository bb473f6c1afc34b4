package dev.rollcall.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a preview of everybody came to. For one thread. */
public final class PreviewTally {

  private static final List<String> MATCHES = List.of("linked", "unique", "none", "ambiguous");

  private long people;
  private final Map<String, Long> matches = new LinkedHashMap<>();
  private final Map<String, Long> outcomes = new TreeMap<>();
  private final Map<List<String>, Long> changes = new LinkedHashMap<>();

  PreviewTally() {
    MATCHES.forEach(kind -> matches.put(kind, 0L));
  }

  void count(Previewed one) {
    people++;
    outcomes.merge(one.outcome(), 1L, Long::sum);
    Map<String, Object> match = one.match();
    if (match != null) {
      matches.merge(String.valueOf(match.get("kind")), 1L, Long::sum);
    }
    for (Map<String, Object> change : one.changes()) {
      List<String> kind =
          List.of(String.valueOf(change.get("change")), String.valueOf(change.get("attribute")));
      changes.merge(kind, 1L, Long::sum);
    }
  }

  /** How many people there are. */
  public long people() {
    return people;
  }

  /** How many are linked, unique, none and ambiguous. */
  public Map<String, Long> matches() {
    return matches;
  }

  /** How it would end, for how many people. */
  public Map<String, Long> outcomes() {
    return outcomes;
  }

  /** A kind of change, and how many there would be. */
  public record Counted(String change, String attribute, long count) {}

  /** The changes by kind and attribute, the most frequent first. */
  public List<Counted> changes() {
    List<Counted> counted = new ArrayList<>();
    changes.forEach(
        (kind, count) -> counted.add(new Counted(kind.getFirst(), kind.getLast(), count)));
    counted.sort((one, other) ->
        one.count() == other.count()
            ? (one.change() + one.attribute()).compareTo(other.change() + other.attribute())
            : Long.compare(other.count(), one.count()));
    return counted;
  }
}
