package dev.rollcall.model;

import java.util.List;

/** Which account belongs to a subject, and why that is believed. */
public sealed interface Match {

  /** Why, in one line. */
  String reason();

  /** A link from an earlier event. */
  record Linked(String accountId, String reason) implements Match {}

  /** Exactly one account fits. */
  record Unique(String accountId, String reason) implements Match {}

  /** No account fits. */
  record None(String reason) implements Match {}

  /** Several fit, or the one that fits contradicts: for a person to decide. */
  record Ambiguous(List<Candidate> candidates, String reason) implements Match {
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }
}
