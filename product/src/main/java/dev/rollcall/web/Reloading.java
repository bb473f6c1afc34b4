package dev.rollcall.web;

import java.util.List;

/** Takes changed settings into the running process. */
public interface Reloading {

  /**
   * Takes the file as it is now, whole or not at all.
   *
   * @return the instances whose tables and rules are in force as the file says
   * @throws Refused when something is wrong or needs a restart; nothing was changed
   */
  List<String> reload();

  /** Why nothing was changed. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param problems all of them, each in one line
     */
    public Refused(List<String> problems) {
      super(String.join("\n", problems));
      this.problems = List.copyOf(problems);
    }

    /** All of them, each in one line. */
    public List<String> problems() {
      return problems;
    }
  }
}
