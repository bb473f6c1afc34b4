package dev.rollcall.plan;

import static dev.rollcall.plan.AffiliationField.DESCRIPTION;
import static dev.rollcall.plan.AffiliationField.FROM;
import static dev.rollcall.plan.AffiliationField.STATUS;
import static dev.rollcall.plan.AffiliationField.TO;

import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One affiliation as the facts tell it.
 *
 * @param affiliation its data; a field that is unknown or unreadable is null in it
 * @param unknown the fields the source never told, so that the account keeps its own
 * @param unreadable the dates that are none; with one of them the affiliation never counts
 * @param more what is told of the fields that only some installations map
 * @param counting when it counts
 */
public record WantedAffiliation(
    Affiliation affiliation,
    Set<AffiliationField> unknown,
    Set<AffiliationField> unreadable,
    Map<String, Value> more,
    Counting counting) {

  private static final int END_OF_DATES = 9999;

  public WantedAffiliation {
    unknown = Set.copyOf(unknown);
    unreadable = Set.copyOf(unreadable);
    more = Map.copyOf(more);
  }

  /** Whether it counts on this day: active, and the day lies within its dates, both inclusive. */
  public boolean enabled(LocalDate today) {
    LocalDate from = affiliation.from();
    LocalDate to = affiliation.to();
    return canCount()
        && (from == null || !from.isAfter(today))
        && (to == null || !to.isBefore(today));
  }

  /** As an account should hold it on this day. */
  public HeldAffiliation on(LocalDate today) {
    return new HeldAffiliation(with(affiliation, texts(Map.of())), enabled(today));
  }

  /** Why it counts or does not on this day, in one line. */
  public String why(LocalDate today) {
    LocalDate from = affiliation.from();
    LocalDate to = affiliation.to();
    if (!unreadable.isEmpty()) {
      return "does not count: no date can be read in its "
          + (unreadable.contains(FROM) ? FROM : TO).attribute();
    }
    if (!isActive()) {
      return "does not count: status "
          + (affiliation.status() == null ? "is empty" : affiliation.status() + " is not active");
    }
    if (from == null && !counting.blankStarted()) {
      return "does not count: it has no first day";
    }
    if (to == null && !counting.blankOpen()) {
      return "does not count: it has no last day";
    }
    if (from != null && from.isAfter(today)) {
      return "does not count yet: starts on " + from;
    }
    if (to != null && to.isBefore(today)) {
      return "does not count any more: ended on " + to;
    }
    return "counts: active since %s until %s"
        .formatted(from == null ? "ever" : from, to == null ? "further notice" : to);
  }

  /** The same with what is not known taken from the account's own row. */
  WantedAffiliation filledFrom(Affiliation found) {
    Map<String, Value> full = new HashMap<>();
    texts(found.more()).forEach((name, text) -> full.put(name, new Value.Text(text)));
    return new WantedAffiliation(
        new Affiliation(
            affiliation.institution(),
            affiliation.code(),
            unknown.contains(STATUS) ? found.status() : affiliation.status(),
            unknown.contains(DESCRIPTION) ? found.description() : affiliation.description(),
            unknown.contains(FROM) ? found.from() : affiliation.from(),
            unknown.contains(TO) || unreadable.contains(TO) ? found.to() : affiliation.to()),
        Set.of(),
        unreadable,
        full,
        counting);
  }

  /** What has a value: as told, else as it was. */
  private Map<String, String> texts(Map<String, String> before) {
    Map<String, String> texts = new HashMap<>(before);
    more.forEach((name, value) -> {
      switch (value) {
        case Value.Text(String text) -> texts.put(name, text);
        case Value.Cleared() -> texts.remove(name);
      }
    });
    return texts;
  }

  private static Affiliation with(Affiliation affiliation, Map<String, String> more) {
    return new Affiliation(
        affiliation.institution(),
        affiliation.code(),
        affiliation.status(),
        affiliation.description(),
        affiliation.from(),
        affiliation.to(),
        more);
  }

  /** The next day on which it starts or stops to count. */
  @Nullable Upcoming next(LocalDate today) {
    LocalDate from = affiliation.from();
    LocalDate to = affiliation.to();
    if (!canCount() || (from != null && to != null && to.isBefore(from))) {
      return null;
    }
    if (from != null && from.isAfter(today)) {
      return new Upcoming(from, name(affiliation) + " starts on " + from);
    }
    return end(affiliation, today);
  }

  /** The day after its last, when that is to come. */
  static @Nullable Upcoming end(Affiliation affiliation, LocalDate today) {
    LocalDate to = affiliation.to();
    // The last year a four-digit date can name is how systems write "no end".
    if (to == null || to.isBefore(today) || to.getYear() >= END_OF_DATES) {
      return null;
    }
    return new Upcoming(to.plusDays(1), name(affiliation) + " ends on " + to);
  }

  private boolean canCount() {
    return unreadable.isEmpty()
        && isActive()
        && (affiliation.from() != null || counting.blankStarted())
        && (affiliation.to() != null || counting.blankOpen());
  }

  private boolean isActive() {
    String status = affiliation.status();
    return status != null && counting.isActive(status);
  }

  private static String name(Affiliation affiliation) {
    return "affiliation " + affiliation.code() + " at " + affiliation.institution();
  }
}
