package dev.rollcall.config;

/**
 * Something wrong in a settings file.
 *
 * @param file as named by whoever asked for it
 * @param line from 1
 * @param text what is wrong and what is allowed
 */
public record Problem(String file, int line, String text) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + text;
  }
}
