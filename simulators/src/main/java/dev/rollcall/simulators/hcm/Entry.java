package dev.rollcall.simulators.hcm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rollcall.simulators.hcm.people.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One line of the ledger: what the tenant was asked, what it answered, and what happened in it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
sealed interface Entry {
  /**
   * A call arrived.
   *
   * @param caller who, once they are known; never a secret
   * @param version of the framework, as it was asked for
   * @param fault what was scripted for it
   */
  record Asked(
      long request,
      Instant at,
      String caller,
      String method,
      String target,
      Map<String, String> headers,
      @Nullable String version,
      @Nullable Fault fault)
      implements Entry {}

  /**
   * A call was answered, or would have been.
   *
   * @param rows of the page, where it was one
   * @param characters of the body
   * @param lost how the answer was kept from the caller, or spoiled, if it was
   */
  record Answered(
      long request,
      Instant at,
      int status,
      @Nullable Integer rows,
      int characters,
      long millis,
      @Nullable String lost)
      implements Entry {}

  /**
   * Something happened to people or locations.
   *
   * @param request the call after which it happened by itself; 0 when somebody asked for it
   * @param body the words of the act, its seed among them
   */
  record Acted(
      long change, long request, Instant at, LocalDate today, Scenario.Act act, ObjectNode body)
      implements Entry {}

  record Settled(Settings settings) implements Entry {}

  /** The clock was set; {@code standing} where it does not run. */
  record ClockSet(Duration offset, Optional<Instant> standing) implements Entry {}
}
