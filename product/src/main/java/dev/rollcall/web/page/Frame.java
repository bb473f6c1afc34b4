package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page; {@code layout.html} shows it.
 *
 * @param navigation the pages that this person may choose
 * @param who is signed in, or null
 */
public record Frame(List<Entry> navigation, @Nullable SignedIn who) {

  public Frame {
    navigation = List.copyOf(navigation);
  }

  /**
   * A page that can be chosen.
   *
   * @param current whether it, or something below it, is being looked at
   */
  public record Entry(String path, String title, boolean current) {}

  /** What there has to be for a page to make sense. */
  enum Needs {
    /** Accounts in systems outside, changed one by one. */
    OUTSIDE,
    /** A system that takes many people together. */
    SESSIONS
  }

  private record Place(String path, String title, Role needed, @Nullable Needs needs) {
    private Place(String path, String title) {
      this(path, title, Role.VIEWER, null);
    }
  }

  /** Only pages there are; in the order people look for them. */
  private static final List<Place> PLACES =
      List.of(
          new Place("/", "Overview"),
          new Place("/people", "People"),
          new Place("/events", "Events"),
          new Place("/suspended", "Suspended"),
          new Place("/held", "Held"),
          new Place("/findings", "Findings"),
          new Place("/lines", "Lines", Role.VIEWER, Needs.OUTSIDE),
          new Place("/sessions", "Sessions", Role.VIEWER, Needs.SESSIONS),
          new Place("/calls", "Calls", Role.VIEWER, Needs.OUTSIDE),
          new Place("/audit", "Audit"),
          new Place("/settings", "Settings"),
          new Place("/users", "Users", Role.ADMIN, null));

  /**
   * The frame around the page at this path.
   *
   * @param path without a query
   * @param who is signed in, or null
   * @param there what there is
   */
  static Frame around(String path, @Nullable SignedIn who, Set<Needs> there) {
    return new Frame(
        PLACES.stream()
            .filter(place -> place.needs() == null || there.contains(place.needs()))
            .filter(place -> who == null || who.role().covers(place.needed()))
            .map(place -> new Entry(place.path(), place.title(), isAt(path, place.path())))
            .toList(),
        who);
  }

  private static boolean isAt(String path, String place) {
    return path.equals(place) || (!place.equals("/") && path.startsWith(place + "/"));
  }
}
