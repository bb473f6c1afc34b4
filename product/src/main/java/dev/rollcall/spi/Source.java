package dev.rollcall.spi;

import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import java.util.Collection;
import java.util.Map;

/** A system of record, read one claim of subjects at a time. */
public interface Source {

  /**
   * The present facts of these subjects.
   *
   * @return an entry for each subject the source knows; one it does not know is missing
   * @throws ConnectorException when the read failed; then nothing is concluded about anybody
   */
  Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects);
}
