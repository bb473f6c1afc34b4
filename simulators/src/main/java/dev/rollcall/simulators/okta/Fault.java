package dev.rollcall.simulators.okta;

import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/** What can go wrong with a call on purpose. */
@EnumNaming(LowerCamelCaseStrategy.class)
enum Fault {
  /** The connection is closed before anything is done. */
  DROPPED,
  /** The work is done, then the connection is closed without an answer. */
  LOST_ANSWER,
  /** The work is done, the answer ends in the middle of its body. */
  HALF_BODY,
  /** 500 E0000009. */
  SERVER_ERROR,
  /** 503 E0000010: the tenant is being moved. */
  READ_ONLY,
  /** 504 from something before the tenant, which does its work nevertheless. */
  GATEWAY_TIMEOUT,
  /** The answer takes its time. */
  SLOW,
  /** Date and reset of this answer are off. */
  WRONG_CLOCK,
  /** 429 although there was room. */
  TOO_MANY,
  /** 429 because too many calls are under way, with limit and remaining 0. */
  CONCURRENCY,
  /** 409 E0000112. */
  STILL_ACTIVATING,
  /** 401 E0000011. */
  INVALID_TOKEN,
  /** 400 E0000001 for a property that is defined, as was seen until 2026. */
  SPURIOUS_PROPERTY,
  /** The user in the path is deleted before the call is worked. */
  USER_GONE,
  /** The group in the path is deleted before the call is worked. */
  GROUP_GONE,
  /** 404 for the group, which is still there. */
  GROUP_MISSING,
  /** 403 E0000006, as for a log that the caller may not read. */
  FORBIDDEN,
  /** The session that this call triggers ends in an error, and nothing of it is applied. */
  SESSION_ERROR,
  /** The session that this call triggers ends in an error, and half of it is applied. */
  SESSION_HALF,
  /** The session that this call triggers is processed until somebody ends that by hand. */
  SESSION_STUCK
}
