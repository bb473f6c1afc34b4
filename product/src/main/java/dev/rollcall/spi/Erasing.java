package dev.rollcall.spi;

import dev.rollcall.model.SubjectKey;

/** What a connector keeps of the past of a person, and can forget. */
public interface Erasing {

  /**
   * Forgets what was sent about this subject as it came; what is in force stays. Joins the caller's
   * transaction.
   *
   * @return how many messages were emptied
   */
  long erase(SubjectKey subject);
}
