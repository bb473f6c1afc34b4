package dev.rollcall.simulators.hcm.rest;

import java.time.LocalDate;
import java.util.List;

/**
 * A child resource of another one.
 *
 * @param <P> the rows of the parent
 * @param <C> the rows of the child
 */
record Child<P, C>(String name, Rows<P, C> rows, Resource<C> resource) {
  /** The child rows of a row as of a day. */
  @FunctionalInterface
  interface Rows<P, C> {
    List<C> of(P row, LocalDate day);
  }

  void collect(P row, List<String> path, LocalDate day, List<Object> into) {
    for (C each : rows.of(row, day)) {
      resource.collect(each, path, day, into);
    }
  }
}
