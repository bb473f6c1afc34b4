package dev.rollcall.plan;

import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import dev.rollcall.model.Value.Text;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row in effect: the greatest date not after today, of several on that date the last
 * told. The date is picked first and its status tested then; the other way round an inactive row
 * would bring the older one back ({@code facts/peoplesoft.md §5.1}). Used once.
 */
final class EffectiveRow {

  private static final String STATUS = "EFF_STATUS";

  private final Selection selection;
  private final String effdt;
  private final String attribute;
  private final Horizon horizon;

  private @Nullable Row current;
  private @Nullable LocalDate currentDate;
  private boolean unreadable;
  private boolean trace;
  private @Nullable LocalDate laterTrace;

  EffectiveRow(Selection selection, String effdt, String attribute, Horizon horizon) {
    this.selection = selection;
    this.effdt = effdt;
    this.attribute = attribute;
    this.horizon = horizon;
  }

  Choice choose(RecordFacts facts) {
    for (Row row : facts.rows()) {
      if (selection.admits(row)) {
        LocalDate date =
            row.fields().get(effdt) instanceof Text(String text) ? Dates.parse(text) : null;
        if (row.deleted()) {
          lookAtTrace(date);
        } else {
          lookAt(row, date);
        }
      }
    }
    if (current != null && currentDate != null) {
      return isActive(current)
          ? new Choice.Chosen(current, currentDate)
          : new Choice.Inactive(currentDate);
    }
    return nothingInEffect(facts.complete());
  }

  private void lookAt(Row row, @Nullable LocalDate date) {
    if (date == null) {
      unreadable = true;
      horizon.remark(
          "a row of %s is left out: its %s %s"
              .formatted(selection.record(), effdt, described(row.fields().get(effdt))));
    } else if (date.isAfter(horizon.today())) {
      horizon.at(
          date,
          () -> "%s: %s row of %s takes effect".formatted(attribute, selection.record(), date));
    } else if (currentDate == null || !date.isBefore(currentDate)) {
      current = row;
      currentDate = date;
    }
  }

  /** A deleted row says something about today only if it would be in effect today. */
  private void lookAtTrace(@Nullable LocalDate date) {
    if (date == null || !date.isAfter(horizon.today())) {
      trace = true;
    } else if (laterTrace == null || date.isBefore(laterTrace)) {
      laterTrace = date;
    }
  }

  private Choice nothingInEffect(boolean complete) {
    if (unreadable) {
      // The row left out may be the one in effect: no proof that there is no value.
      return new Choice.Unknown();
    }
    LocalDate later = laterTrace;
    if (!complete && !trace && later != null) {
      horizon.at(
          later,
          () ->
              "%s: the deleted %s row of %s would take effect"
                  .formatted(attribute, selection.record(), later));
    }
    return Choice.none(complete, trace);
  }

  /** A row without a status, or with an empty one, counts as active. */
  private static boolean isActive(Row row) {
    return !(row.fields().get(STATUS) instanceof Text(String text)) || Status.isActive(text);
  }

  private static String described(@Nullable Value value) {
    return value instanceof Text(String text)
        ? "'" + text + "' is no date (yyyy-MM-dd)"
        : "is empty";
  }
}
