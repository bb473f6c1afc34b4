package dev.rollcall.web;

import org.jspecify.annotations.Nullable;

/**
 * A setting that is in force, as a page shows it.
 *
 * @param name its whole name
 * @param value {@code ***} for a secret
 * @param file where it is set, null when it is not set in a file
 * @param line in that file, null when it is not set in a file
 * @param variable the environment variable that sets it, or null
 */
public record SettingShown(
    String name,
    String value,
    @Nullable String file,
    @Nullable Integer line,
    @Nullable String variable) {

  /** Whether nobody set it. */
  public boolean isDefault() {
    return line == null && variable == null;
  }
}
