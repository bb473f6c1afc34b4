package dev.rollcall.spi;

import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A system of record, read one claim of subjects at a time. */
public interface Source {

  /**
   * The present facts of these subjects.
   *
   * @return an entry for each subject the source knows; one it does not know is missing
   * @throws ConnectorException when the read failed; then nothing is concluded about anybody
   */
  Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects);

  /**
   * As {@link #fetch}, but never from what was stored before: for whoever wants to know how it
   * stands now.
   */
  default Map<SubjectKey, Facts> fetchNow(Collection<SubjectKey> subjects) {
    return fetch(subjects);
  }

  /**
   * Whom the source knows, a part at a time, in the order of their ids.
   *
   * @param after only those behind this id; null to begin with the first
   * @param limit at most this many
   * @return fewer than the limit only when there is nobody more
   * @throws ConnectorException when the read failed
   */
  List<SubjectKey> known(@Nullable String after, int limit);

  /**
   * What the source calls itself, so that a copy of it is never taken for it: a database's own
   * name, as it says it now, not as the settings do. Asked again and again, so it may be remembered
   * for a few seconds.
   *
   * @return empty for a source that has no name of its own, as one that is sent messages
   * @throws ConnectorException when it cannot be asked
   */
  default Optional<String> environment() {
    return Optional.empty();
  }
}
