package dev.rollcall.connector.oraclehcm;

/**
 * An answer with success that is none: HTML, text, or JSON that ends in the middle. One bad row
 * does that to a whole page ({@code facts/oracle-hcm.md §8}), so the page is read again in smaller
 * parts.
 */
final class BrokenAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what came instead, without content
   */
  BrokenAnswer(String message) {
    super(message);
  }
}
