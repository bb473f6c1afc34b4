package dev.rollcall.web.tls;

import org.jspecify.annotations.Nullable;

/** A certificate that cannot be shown; the message names the file and the way out. */
public final class BadCertificate extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadCertificate(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
