package dev.rollcall.connector.oraclehcm;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A reading of all people that Oracle HCM tells of.
 *
 * @param effective as of which day was read
 * @param started on Rollcall's clock
 * @param ended null while it goes on
 * @param read how many people, each once
 * @param changed how many of them differed from what was known
 * @param quarantined how many rows could not be used
 * @param said why it ended as it did, null when there is nothing to say
 */
public record HcmRun(
    long id,
    Kind kind,
    LocalDate effective,
    Instant started,
    @Nullable Instant ended,
    State state,
    int read,
    int pages,
    int changed,
    int quarantined,
    @Nullable String said) {

  /** Who is read. */
  public enum Kind {
    /** Everybody, or those created lately. */
    ACTIVE,
    /** Who left lately. */
    LEAVERS
  }

  /** How it stands. */
  public enum State {
    RUNNING,
    /** All were read; only then is told who changed. */
    COMPLETE,
    /** It was broken off, by Oracle HCM or by the end of a process; the next one begins anew. */
    INCOMPLETE,
    /** What was read cannot be believed; somebody should look. */
    FAILED
  }

  /**
   * A row that could not be used. Whose it is keeps what was known before.
   *
   * @param position where it stood among the rows of the run, from 0
   * @param personId null when not even that could be read
   * @param reason without values
   */
  public record Quarantined(
      long run, int position, @Nullable String personId, String reason, Instant at) {}
}
