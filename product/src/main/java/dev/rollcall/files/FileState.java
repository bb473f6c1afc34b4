package dev.rollcall.files;

import java.util.Locale;

/** What becomes of a file after it was loaded. */
public enum FileState {
  /** All of it was taken in. */
  ARCHIVED,
  /** There is nobody in it, as in the header and trailer of a publication; archived, too. */
  SKIPPED,
  /** Something in it was not taken in, so it stays where it is. */
  KEPT;

  /**
   * Decides.
   *
   * @param transactions pieces about somebody
   * @param whole whether everything in it was taken in
   */
  public static FileState of(long transactions, boolean whole) {
    if (!whole) {
      return KEPT;
    }
    return transactions == 0 ? SKIPPED : ARCHIVED;
  }

  /** As people see it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
