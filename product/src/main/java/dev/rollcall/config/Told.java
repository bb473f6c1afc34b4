package dev.rollcall.config;

import org.jspecify.annotations.Nullable;

/**
 * A setting as it is in force, as people may see it.
 *
 * @param setting its whole name
 * @param value as it was written; {@code ***} for a secret
 * @param file where it was written, null for one that was not
 * @param line in that file, counted from 1; null for one that was not written there
 * @param variable the environment variable that won; null without one
 */
public record Told(
    String setting,
    String value,
    @Nullable String file,
    @Nullable Integer line,
    @Nullable String variable) {

  /** Whether nobody said anything about it. */
  public boolean isDefault() {
    return line == null && variable == null;
  }
}
