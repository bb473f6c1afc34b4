package dev.rollcall.simulators.peoplesoft.broker;

import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * A way in which a message is sent unlike the ordinary. Some are legitimate variants, some faults;
 * a contract may carry them for good, or a scripted fault may add them to a single send.
 */
@EnumNaming(LowerCamelCaseStrategy.class)
public enum Twist {
  SLOW_BODY,
  HALF_BODY,
  LOST_ANSWER,
  /** Delivered twice, one after the other. */
  DUPLICATE,
  DUPLICATE_CONCURRENTLY,
  WRONG_RESOURCE,
  NO_TRANSACTION_ID,
  NO_ORIG_TIME_STAMP,
  /** The stamp is written by an application server five hours west of Greenwich. */
  OTHER_OFFSET,
  GZIP,
  DEFLATE,
  NAMESPACED,
  SINGLE_SPACE,
  /** Resent by hand once it was done. */
  RESEND;

  /** Whether it spoils a send; a contract that carries one gets through when it is tried again. */
  boolean spoils() {
    return switch (this) {
      case SLOW_BODY, HALF_BODY, LOST_ANSWER, WRONG_RESOURCE -> true;
      case DUPLICATE,
          DUPLICATE_CONCURRENTLY,
          NO_TRANSACTION_ID,
          NO_ORIG_TIME_STAMP,
          OTHER_OFFSET,
          GZIP,
          DEFLATE,
          NAMESPACED,
          SINGLE_SPACE,
          RESEND ->
          false;
    };
  }
}
