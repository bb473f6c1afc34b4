package dev.rollcall.connector.oraclehcm;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which of several citizenships is told: the one without an end. */
final class Citizenship {

  private Citizenship() {}

  /**
   * The one that is told.
   *
   * @param to the attribute that says when it ended
   * @param id what tells two apart
   * @return null when there is none
   * @throws UnusableRow when it cannot be told
   */
  static @Nullable JsonNode one(
      List<JsonNode> all, String to, Function<JsonNode, @Nullable String> id) {
    List<JsonNode> open = new ArrayList<>();
    @Nullable JsonNode last = null;
    @Nullable LocalDate latest = null;
    boolean tie = false;
    for (JsonNode one : all) {
      LocalDate end = Given.date(one, to);
      if (end == null) {
        if (open.isEmpty() || !Objects.equals(id.apply(open.getFirst()), id.apply(one))) {
          open.add(one);
        }
      } else if (latest == null || end.isAfter(latest)) {
        latest = end;
        last = one;
        tie = false;
      } else if (end.equals(latest) && last != null) {
        tie |= !Objects.equals(id.apply(last), id.apply(one));
      }
    }
    if (open.size() > 1 || (open.isEmpty() && tie)) {
      throw new UnusableRow("several citizenships, and nothing says which one counts");
    }
    return open.isEmpty() ? last : open.getFirst();
  }
}
