package dev.rollcall.model;

/** The order in which waiting events are claimed; the first is the most urgent. */
public enum Priority {
  /** Somebody leaves: access must end in time. */
  LEAVER(0),
  /** A person is waiting for it. */
  INTERACTIVE(1),
  /** An ordinary change. */
  NORMAL(2),
  /** Loads and comparisons. */
  BULK(3);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /** As stored: 0 is the most urgent. */
  public int rank() {
    return rank;
  }

  /**
   * The priority stored as this rank.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Priority ofRank(int rank) {
    for (Priority priority : values()) {
      if (priority.rank == rank) {
        return priority;
      }
    }
    throw new IllegalArgumentException("Unknown priority " + rank);
  }
}
