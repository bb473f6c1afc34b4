package dev.rollcall.schedule;

/**
 * Something to be done again and again, by one process for all.
 *
 * @param name the same in every process; kept for ever as the key of its row
 */
public record Job(String name, Timing timing, Work work) {
  public Job {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A job needs a name");
    }
  }

  /**
   * What a job does. It must bear being done twice, and by two processes at once: one that was
   * stopped for longer than its lease goes on when it is continued.
   */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it. Whatever it throws is logged and kept; it is tried again next time.
     *
     * @param turn long work looks between its pieces whether it is over
     * @return what was done, in one sentence
     */
    String run(Turn turn);
  }
}
