package dev.rollcall.simulators.hcm.people;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One dated row of a location; several rows of one id follow each other. */
public record Location(
    long id,
    LocalDate from,
    LocalDate to,
    String name,
    boolean active,
    String line1,
    @Nullable String line2,
    String town,
    @Nullable String region1,
    @Nullable String region2,
    String country,
    @Nullable String postalCode)
    implements Worker.Dated {
  /** The id of the first location. */
  static final long FIRST = 300_000_000_000_501L;

  /** The code of a location, which follows from its id. */
  public static String code(long id) {
    return id == FIRST ? "SPRINGFIELD_HQ" : "SITE_%03d".formatted(id - FIRST);
  }
}
