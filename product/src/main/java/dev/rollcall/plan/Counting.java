package dev.rollcall.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an instance may decide about when an affiliation counts.
 *
 * @param active the statuses that mean active, in any case; PeopleSoft sends the code or the text
 *     ({@code facts/oim-campus-connector.md §7})
 * @param blankStarted whether one without a first day has started; otherwise it never counts
 * @param blankOpen whether one without a last day goes on; otherwise it never counts
 */
public record Counting(Set<String> active, boolean blankStarted, boolean blankOpen) {

  /** The statuses that mean active unless something else is set. */
  public static final List<String> ACTIVE = List.of("A", "Active");

  public Counting {
    active = active.stream().map(Counting::plain).collect(Collectors.toUnmodifiableSet());
  }

  /** Blank dates are open, and {@link #ACTIVE} is active. */
  public static Counting usual() {
    return new Counting(Set.copyOf(ACTIVE), true, true);
  }

  boolean isActive(String status) {
    return active.contains(plain(status));
  }

  private static String plain(String status) {
    return status.strip().toLowerCase(Locale.ROOT);
  }
}
