package dev.rollcall.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account that could be a subject's, as a person who has to decide sees it. Values of national
 * ids are hidden.
 *
 * @param id the account's id on the other side
 * @param rule by which attributes it was found, or {@code link}
 * @param agree what both sides say
 * @param conflict what they say differently
 */
public record Candidate(String id, String rule, List<Agreement> agree, List<Conflict> conflict) {

  /** The rule of an account that was found by a link, and the name of a conflict about one. */
  public static final String LINK = "link";

  /** An attribute that both sides have with the same value. */
  public record Agreement(String attribute, String value) {}

  /**
   * An attribute of which the two sides say different things.
   *
   * @param wanted what the source gives; null when it says that there is none
   * @param found what the account has; null when it is not there
   */
  public record Conflict(String attribute, @Nullable String wanted, @Nullable String found) {}

  /** An account of which only a link tells. */
  public static Candidate linked(String id) {
    return new Candidate(id, LINK, List.of(), List.of());
  }

  public Candidate {
    agree = List.copyOf(agree);
    conflict = List.copyOf(conflict);
  }
}
