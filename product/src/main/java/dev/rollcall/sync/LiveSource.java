package dev.rollcall.sync;

import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Source;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source of which nothing is believed that was stored before. */
record LiveSource(Source source) implements Source {

  @Override
  public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
    return source.fetchNow(subjects);
  }

  @Override
  public List<SubjectKey> known(@Nullable String after, int limit) {
    return source.known(after, limit);
  }

  @Override
  public Optional<String> environment() {
    return source.environment();
  }
}
