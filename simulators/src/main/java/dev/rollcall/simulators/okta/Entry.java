package dev.rollcall.simulators.okta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rollcall.simulators.okta.auth.Kept;
import dev.rollcall.simulators.okta.directory.Change;
import dev.rollcall.simulators.okta.source.SourceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of the ledger: what the tenant was sent, what came of it, and what it is told to be. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
sealed interface Entry {
  /**
   * A call arrived.
   *
   * @param requestId what the answer calls the request
   * @param caller who, once they are known; never a secret
   * @param body as it was sent, where there was one; a token request's is left out
   * @param fault what was scripted for it
   */
  record Asked(
      long request,
      String requestId,
      Instant at,
      String caller,
      String method,
      String target,
      Map<String, String> headers,
      @Nullable String body,
      String bucket,
      @Nullable String fault)
      implements Entry {}

  /**
   * A call was answered, or would have been.
   *
   * @param lost how the answer was kept from the caller, if it was
   */
  record Answered(
      long request,
      Instant at,
      int status,
      @Nullable String errorCode,
      long millis,
      @Nullable String lost)
      implements Entry {}

  /**
   * The tenant changed.
   *
   * @param change rises with each change
   * @param request the call it came from; 0 when somebody changed it by hand
   */
  record Changed(long change, long request, Instant at, Change what) implements Entry {}

  /**
   * Something happened to an identity source.
   *
   * @param change rises with each change, of whatever kind
   * @param request the call it came from; of an import's person the bulk request they came with; 0
   *     where it came from none
   */
  record Sourced(long change, long request, Instant at, SourceEvent what) implements Entry {}

  record Noted(Kept what) implements Entry {}

  record Settled(Settings settings) implements Entry {}

  /** The clock was set; {@code standing} where it does not run. */
  record ClockSet(Duration offset, Optional<Instant> standing) implements Entry {}
}
