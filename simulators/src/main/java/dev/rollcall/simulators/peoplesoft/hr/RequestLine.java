package dev.rollcall.simulators.peoplesoft.hr;

/** A line of a request; a blank group stands for those of the person's identity types. */
record RequestLine(String oprid, String action, String group) {
  RequestLine(String oprid, String action) {
    this(oprid, action, " ");
  }
}
