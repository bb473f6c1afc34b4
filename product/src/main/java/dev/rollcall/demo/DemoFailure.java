package dev.rollcall.demo;

import org.jspecify.annotations.Nullable;

/** A demo that could not be started or played; the message says why and where to look. */
public final class DemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
