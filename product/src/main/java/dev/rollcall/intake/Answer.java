package dev.rollcall.intake;

/**
 * What the sender of a message is told.
 *
 * @param status the HTTP status
 * @param text the reason, for the people who read the sender's monitor
 * @param transactionId the publication this answers, or empty
 */
public record Answer(int status, String text, String transactionId) {

  /** Whether the sender may forget the message. */
  public boolean success() {
    return status == 200;
  }
}
