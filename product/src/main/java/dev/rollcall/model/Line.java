package dev.rollcall.model;

import java.time.LocalDateTime;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One action of a request of PeopleSoft.
 *
 * @param key which line of which batch
 * @param subject whose account it is about: the OPRID
 * @param action as it stands in the line, one of {@link LineAction}'s codes or something unknown
 * @param group the group that a group line names; null for those of the person's identity type
 * @param created when its batch was made, on the clock of the source's database; null when it does
 *     not say
 */
public record Line(
    Key key,
    SubjectKey subject,
    String action,
    @Nullable String group,
    @Nullable LocalDateTime created) {

  /**
   * What a line is known by.
   *
   * @param batch CHG_BATCH_ID
   * @param number LINE_NBR
   */
  public record Key(String batch, int number) {
    @Override
    public String toString() {
      return batch + "/" + number;
    }
  }

  /** The order in which the lines of a person are worked. */
  public static final Comparator<Line> ORDER =
      Comparator.comparing(Line::created, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(line -> line.key().batch())
          .thenComparingInt(line -> line.key().number());
}
