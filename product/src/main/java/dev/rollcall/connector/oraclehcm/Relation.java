package dev.rollcall.connector.oraclehcm;

import java.time.LocalDate;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which of several work relationships says how somebody stands: one that runs, else the one that
 * ended, else one that is to begin; of several of these the primary one, else the one that began
 * last ({@code facts/oracle-hcm.md §9}: who was rehired has not left).
 */
final class Relation {

  private Relation() {}

  static Comparator<JsonNode> order(String start, String end, String primary, LocalDate today) {
    return Comparator.<JsonNode>comparingInt(
            row -> rank(Given.date(row, start), Given.date(row, end), today))
        .thenComparing(Given.first(row -> Given.isYes(row, primary)))
        .thenComparing(Given.latest(start));
  }

  private static int rank(@Nullable LocalDate start, @Nullable LocalDate end, LocalDate today) {
    boolean ended = end != null && end.isBefore(today);
    boolean begun = start == null || !start.isAfter(today);
    return ended ? 1 : begun ? 0 : 2;
  }
}
