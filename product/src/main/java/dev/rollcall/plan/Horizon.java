package dev.rollcall.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What comes up on the way through one person's facts: the next date, and what looks wrong. */
final class Horizon {

  private final LocalDate today;
  private final Set<String> remarks = new LinkedHashSet<>();
  private @Nullable Upcoming next;

  Horizon(LocalDate today) {
    this.today = today;
  }

  LocalDate today() {
    return today;
  }

  /** Something changes on this day; days up to today are over. */
  void at(LocalDate date, Supplier<String> why) {
    if (date.isAfter(today) && (next == null || date.isBefore(next.date()))) {
      next = new Upcoming(date, why.get());
    }
  }

  /** Something a person should look at; said once however many rules meet it. */
  void remark(String text) {
    remarks.add(text);
  }

  @Nullable Upcoming next() {
    return next;
  }

  List<String> remarks() {
    return new ArrayList<>(remarks);
  }
}
