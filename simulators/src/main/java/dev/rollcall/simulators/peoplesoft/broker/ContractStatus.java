package dev.rollcall.simulators.peoplesoft.broker;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a publication contract stands, in the monitor's words. */
public enum ContractStatus {
  @JsonProperty("New")
  NEW,
  @JsonProperty("Working")
  WORKING,
  @JsonProperty("Done")
  DONE,
  /** Answered, but not with success; only a person resends it. */
  @JsonProperty("Error")
  ERROR,
  /** Not known to have arrived; tried again by itself. */
  @JsonProperty("Retry")
  RETRY,
  /** Tried again too often; only a person resends it. */
  @JsonProperty("Timeout")
  TIMEOUT
}
