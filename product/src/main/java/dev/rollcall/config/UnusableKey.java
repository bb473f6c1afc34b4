package dev.rollcall.config;

import org.jspecify.annotations.Nullable;

/** The key for encrypted settings cannot be had; the message says why and never holds the key. */
public final class UnusableKey extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableKey(String message) {
    this(message, null);
  }

  UnusableKey(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
