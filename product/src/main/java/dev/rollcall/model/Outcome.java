package dev.rollcall.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What should become of an event; the worker returns it and writes nothing itself. */
public sealed interface Outcome {

  /** Why, in one line. */
  String reason();

  /** Done, also when nothing had to change. */
  record Completed(String reason) implements Outcome {}

  /** Deliberately left alone. */
  record Skipped(String reason) implements Outcome {}

  /** For a person to decide. */
  record Suspended(String reason, List<Candidate> candidates) implements Outcome {
    public Suspended {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * Not yet: it goes back to waiting and uses no attempt.
   *
   * @param error what is wrong for everybody, null when nothing is and it only has to wait
   */
  record Deferred(Instant until, String reason, @Nullable ErrorKind error) implements Outcome {
    /** Nothing is wrong. */
    public Deferred(Instant until, String reason) {
      this(until, reason, null);
    }
  }

  /**
   * It did not work.
   *
   * @param retry whether trying the same again can help
   */
  record Failed(ErrorKind error, String reason, boolean retry) implements Outcome {
    public Failed {
      Objects.requireNonNull(error, "error is null");
    }
  }
}
