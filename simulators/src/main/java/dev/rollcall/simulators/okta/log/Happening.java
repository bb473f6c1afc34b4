package dev.rollcall.simulators.okta.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of the System Log.
 *
 * @param sequence rises with each event, in the order in which they were stored
 * @param published when it happened
 * @param actor who did it: a caller's name, or the system
 * @param transaction what the call's answer names as {@code X-Okta-Request-Id}, or the job's id
 * @param job whether no call but a job did it
 */
public record Happening(
    long sequence,
    Instant published,
    String type,
    String message,
    Result result,
    @Nullable String reason,
    String actor,
    List<Target> targets,
    Map<String, String> debug,
    String transaction,
    boolean job) {

  /** How it ended. */
  public enum Result {
    SUCCESS,
    FAILURE,
    SKIPPED,
    DEFERRED
  }

  /** Whom or what it was done to. */
  public record Target(String type, String id, String alternateId, String displayName) {}
}
