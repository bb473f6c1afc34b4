package dev.rollcall.simulators.okta.auth;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something about access that is still known after a restart. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
public sealed interface Kept {
  record TokenKept(ApiToken token) implements Kept {}

  record ClientKept(Client client) implements Kept {}

  record Granted(Grant grant) implements Kept {}
}
