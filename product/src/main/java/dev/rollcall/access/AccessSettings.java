package dev.rollcall.access;

import java.time.Duration;

/**
 * How long somebody stays signed in, and how often one may try.
 *
 * @param idle a session ends when nothing was done for so long
 * @param longest a session ends after so long, whatever was done
 * @param failuresPerUser how many attempts for one name may fail within the window
 * @param failuresPerAddress how many attempts from one address may fail within the window
 * @param window for how long an attempt counts
 */
public record AccessSettings(
    Duration idle, Duration longest, int failuresPerUser, int failuresPerAddress, Duration window) {

  /** What holds unless somebody says otherwise. */
  public static AccessSettings defaults() {
    return new AccessSettings(
        Duration.ofMinutes(30), Duration.ofHours(12), 10, 30, Duration.ofMinutes(15));
  }
}
