package dev.rollcall.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an event stands. The codes are the ones PeopleSoft people know from the event tables of
 * their own integrations; they are what is stored and shown.
 */
public enum EventStatus {
  /** Waiting for its due time and a worker. */
  NEW("NEW"),
  /** Claimed by a worker. */
  QUEUED("QUE"),
  /** Worked; also when nothing had to be changed. */
  COMPLETED("COMP"),
  /** Deliberately not acted on; the reason says why. */
  SKIPPED("SKIP"),
  /** Waiting for a person to decide. */
  SUSPENDED("SUSP"),
  /** Failed for good; a retry is a new event. */
  ERROR("ERR"),
  /** Made redundant by another event. */
  CANCELLED("CANC");

  private final String code;

  EventStatus(String code) {
    this.code = code;
  }

  /** The stored and displayed short form, for example {@code COMP}. */
  public String code() {
    return code;
  }

  /**
   * The one transition table. A finished row never changes: whatever follows is a new event.
   *
   * @return the states this one may go to
   */
  public Set<EventStatus> successors() {
    return switch (this) {
      case NEW -> EnumSet.of(QUEUED, CANCELLED);
      case QUEUED -> EnumSet.of(NEW, COMPLETED, SKIPPED, SUSPENDED, ERROR);
      case COMPLETED, SKIPPED, SUSPENDED, ERROR, CANCELLED -> EnumSet.noneOf(EventStatus.class);
    };
  }

  /** Whether nothing can follow on this row. */
  public boolean isFinal() {
    return successors().isEmpty();
  }

  /**
   * The status with this short form.
   *
   * @throws IllegalArgumentException when there is none; the message lists the codes
   */
  public static EventStatus ofCode(String code) {
    for (EventStatus status : values()) {
      if (status.code.equals(code)) {
        return status;
      }
    }
    throw new IllegalArgumentException(
        "Unknown event status '" + code + "'; one of NEW, QUE, COMP, SKIP, SUSP, ERR, CANC");
  }
}
