package dev.rollcall.connector.oraclehcm;

/** What is told about somebody contradicts itself or cannot be understood; it is never guessed. */
final class UnusableRow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, without values
   */
  UnusableRow(String message) {
    super(message);
  }
}
