package dev.rollcall.spi;

import dev.rollcall.model.SubjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source that is asked again and again who changed. */
public interface PolledSource extends Source {

  /**
   * Who changed.
   *
   * @param subject who
   * @param leaver whether their access ends, as far as that can be told without fetching them
   */
  record Changed(SubjectKey subject, boolean leaver) {}

  /**
   * A part of what changed.
   *
   * @param changed each subject once
   * @param checkpoint what to ask with next; opaque to everybody but the source
   * @param more whether there is more already
   * @param vanished whom the source named before and does not name any more; for a person to look
   *     at, never a leaver (promise 3)
   */
  record Changes(
      List<Changed> changed, String checkpoint, boolean more, List<SubjectKey> vanished) {
    public Changes {
      changed = List.copyOf(changed);
      vanished = List.copyOf(vanished);
    }
  }

  /**
   * Who changed since a checkpoint.
   *
   * @param checkpoint what the last answer gave; null to begin
   * @param limit about how many subjects to tell at once
   * @throws ConnectorException when the read failed or came to no proper end; then nothing is
   *     concluded and the checkpoint stays
   */
  Changes changes(@Nullable String checkpoint, int limit);
}
