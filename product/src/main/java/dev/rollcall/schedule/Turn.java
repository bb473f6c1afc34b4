package dev.rollcall.schedule;

import java.util.UUID;

/** One run of a job by this process. */
public final class Turn {

  private final UUID token = UUID.randomUUID();
  private volatile boolean over;

  Turn() {}

  /**
   * Whether to stop: the process is told to end, or was away for so long that another one has taken
   * the job over.
   */
  public boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  UUID token() {
    return token;
  }
}
