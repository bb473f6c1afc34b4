package dev.rollcall.simulators.hcm;

import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/** What can go wrong with a read on purpose. */
@EnumNaming(LowerCamelCaseStrategy.class)
enum Fault {
  /** The connection is closed without an answer. */
  DROPPED,
  /** The answer ends in the middle of its body. */
  HALF_BODY,
  /** 200, and JSON that ends in the middle of the page, as if it were whole. */
  CUT_JSON,
  /** 200 whose JSON breaks at one person's row, wherever that row is read. */
  BROKEN_ROW,
  /** 500. */
  SERVER_ERROR,
  /** 503, an HTML page; with {@code Retry-After} where {@code millis} is above 0. */
  UNAVAILABLE,
  /** 200 and the HTML page of a maintenance. */
  MAINTENANCE,
  /** 429; with {@code Retry-After} where {@code millis} is above 0. */
  TOO_MANY,
  /** 401, as if the token were over or the password wrong. */
  EXPIRED_TOKEN,
  /** 403. */
  FORBIDDEN,
  /** The answer takes its time. */
  SLOW,
  /** A page without the link to the next one. */
  MISSING_NEXT,
  /** Half of the page's rows, and more of them are said to follow. */
  SHORT_PAGE,
  /** A page says that it is the last although it is not. */
  FALSE_END,
  /** 200 and no rows. */
  EMPTY,
  /** 200 and no body. */
  EMPTY_BODY,
  /** People as they were when the fault was scripted. */
  STALE,
  /** After this page rows are inserted and deleted below its last one. */
  DRIFT
}
