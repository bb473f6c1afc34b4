package dev.rollcall.spi;

import dev.rollcall.model.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came from outside about a subject, as it came, for people who want to see for themselves.
 */
public interface Originals {

  /**
   * Something that came.
   *
   * @param name the message's name
   * @param action what it said was done, in the sender's word
   * @param arrived on Rollcall's clock
   * @param sent when its sender dates it, or null
   * @param transaction the sender's id for it, or null
   * @param applied whether it said something new; false when a newer one had come before
   * @param repeats how often it came again
   * @param kept whether its text is still kept
   */
  record Original(
      long id,
      String name,
      String action,
      Instant arrived,
      @Nullable Instant sent,
      @Nullable String transaction,
      boolean applied,
      int repeats,
      boolean kept) {}

  /**
   * The last that came about a subject until a moment.
   *
   * @param until on Rollcall's clock
   */
  Optional<Original> last(SubjectKey subject, Instant until);

  /**
   * Its text, laid out for reading; empty when it is not about this subject, or no longer kept.
   *
   * @param id as in {@link Original}
   * @param nationalIds whether to show national ids; what looks like a secret is never shown
   */
  Optional<Text> text(SubjectKey subject, long id, boolean nationalIds);

  /**
   * A text as it may be shown.
   *
   * @param lines of it, without their ends
   * @param masked how many values were left out
   * @param shortened whether there was more than is shown
   */
  record Text(List<String> lines, int masked, boolean shortened) {
    public Text {
      lines = List.copyOf(lines);
    }
  }
}
