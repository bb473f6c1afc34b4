package dev.rollcall.bench;

import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source that knows everybody at once, by nothing but the id. */
final class NoOpSource implements Source {

  @Override
  public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
    Map<SubjectKey, Facts> facts = new HashMap<>();
    for (SubjectKey subject : subjects) {
      Row row = new Row(Map.of("EMPLID", new Value.Text(subject.id())), 1, false);
      facts.put(
          subject,
          new Facts(
              subject,
              Facts.Standing.ADDED,
              Map.of("SCC_CM_PERSON_I", new RecordFacts(true, List.of(row)))));
    }
    return facts;
  }

  @Override
  public List<SubjectKey> known(@Nullable String after, int limit) {
    return List.of();
  }
}
