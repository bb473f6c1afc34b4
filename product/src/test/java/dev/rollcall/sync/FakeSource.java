package dev.rollcall.sync;

import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A system of record that knows what a test tells it, and fails when a test says so. */
final class FakeSource implements Source {

  final Map<SubjectKey, Facts> people = new HashMap<>();

  /** A read that names one of these fails as a whole. */
  final Set<SubjectKey> poisonous = new HashSet<>();

  /** For these the answer is there, and broken. */
  final Set<SubjectKey> broken = new HashSet<>();

  /** What a read that fails throws; for everybody when nobody is poisonous. */
  @Nullable RuntimeException failure;

  /** The reads so far, by how many subjects they named. */
  final List<Integer> reads = new ArrayList<>();

  /** Called at the beginning of each read. */
  Runnable beforeRead = () -> {};

  @Override
  @SuppressWarnings("NullAway") // a broken source breaks the contract
  public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
    reads.add(subjects.size());
    beforeRead.run();
    if (failure != null
        && (poisonous.isEmpty() || subjects.stream().anyMatch(poisonous::contains))) {
      throw failure;
    }
    Map<SubjectKey, Facts> known = new HashMap<>();
    for (SubjectKey subject : subjects) {
      if (broken.contains(subject)) {
        known.put(subject, null);
      } else if (people.containsKey(subject)) {
        known.put(subject, people.get(subject));
      }
    }
    return known;
  }

  @Override
  public List<SubjectKey> known(@Nullable String after, int limit) {
    return people.keySet().stream()
        .filter(subject -> after == null || subject.id().compareTo(after) > 0)
        .sorted(Comparator.comparing(SubjectKey::id))
        .limit(limit)
        .toList();
  }
}
