package dev.rollcall.web.api;

/** The body is larger than any that is meant. */
public final class TooLarge extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooLarge(int most) {
    super("The request body is larger than " + most + " bytes");
  }
}
