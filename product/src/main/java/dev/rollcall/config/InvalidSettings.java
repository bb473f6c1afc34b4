package dev.rollcall.config;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used; nothing was started. */
public final class InvalidSettings extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems everything that was found, in the order of the file
   */
  public InvalidSettings(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that was found. */
  public List<Problem> problems() {
    return problems;
  }
}
