package dev.rollcall.connector.peoplesoftqueue;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How is asked who changed, in the site's own SQL. What the query has to give stands in {@code
 * docs/reference/peoplesoft-queue.md}.
 *
 * @param sql gives OPRID, CHANGED (a date and time on the database's clock, never null) and, where
 *     it can tell, LEAVER (Y when access ends), for whomever {@code CHANGED >= :since}; may use
 *     {@code :today}
 * @param overlap how long after its stamp a change may become visible at the latest, because the
 *     transaction that made it took so long ({@code facts/peoplesoft.md §5.2})
 * @param vanishedEvery how often to look who vanished
 */
public record ChangeQuery(String sql, Duration overlap, Duration vanishedEvery) {
  private static final Pattern SINCE = Pattern.compile(":since\\b");

  /** How long transactions of PeopleSoft are taken to last at most. */
  public static final Duration OVERLAP = Duration.ofMinutes(15);

  /** How often is looked who vanished. */
  public static final Duration VANISHED_EVERY = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException when the query does not ask since when
   */
  public ChangeQuery {
    if (!SINCE.matcher(sql).find()) {
      throw new IllegalArgumentException("the query 'changes' must ask with :since");
    }
    if (overlap.isNegative()) {
      throw new IllegalArgumentException("the overlap of the query 'changes' is negative");
    }
  }

  /** This query with what is usual besides. */
  public static ChangeQuery of(String sql) {
    return new ChangeQuery(sql, OVERLAP, VANISHED_EVERY);
  }
}
