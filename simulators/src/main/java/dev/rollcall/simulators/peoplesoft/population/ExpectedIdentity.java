package dev.rollcall.simulators.peoplesoft.population;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a correct receiver shows for one person on one day.
 *
 * @param roles the codes of the affiliations that count, each once, in order
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ExpectedIdentity(
    String emplid,
    String login,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String campusId,
    @Nullable LocalDate startDate,
    String status,
    List<ExpectedAffiliation> affiliations,
    List<String> roles) {

  /** One affiliation, current, past or removed, and whether it counts on that day. */
  public record ExpectedAffiliation(
      String institution,
      String code,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      boolean enabled) {}
}
