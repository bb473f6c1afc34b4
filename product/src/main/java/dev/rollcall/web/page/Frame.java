package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import java.util.List;
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

  private record Place(String path, String title, Role needed, boolean outside) {
    private Place(String path, String title) {
      this(path, title, Role.VIEWER, false);
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
          new Place("/lines", "Lines", Role.VIEWER, true),
          new Place("/calls", "Calls", Role.VIEWER, true),
          new Place("/audit", "Audit"),
          new Place("/settings", "Settings"),
          new Place("/users", "Users", Role.ADMIN, false));

  /**
   * The frame around the page at this path.
   *
   * @param path without a query
   * @param who is signed in, or null
   * @param outside whether there are accounts in systems outside
   */
  static Frame around(String path, @Nullable SignedIn who, boolean outside) {
    return new Frame(
        PLACES.stream()
            .filter(place -> outside || !place.outside())
            .filter(place -> who == null || who.role().covers(place.needed()))
            .map(place -> new Entry(place.path(), place.title(), isAt(path, place.path())))
            .toList(),
        who);
  }

  private static boolean isAt(String path, String place) {
    return path.equals(place) || (!place.equals("/") && path.startsWith(place + "/"));
  }
}
