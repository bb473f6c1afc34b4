package dev.rollcall.connector.okta.bulk;

import dev.rollcall.spi.BulkTarget.Kind;
import org.jspecify.annotations.Nullable;

/** What an application comes to in a session. */
sealed interface Entry {

  /**
   * It can be given.
   *
   * @param json its place in a request
   * @param remark what was altered or left; null when nothing was
   */
  record Given(Kind kind, String accountId, String json, @Nullable String remark)
      implements Entry {}

  /**
   * It cannot.
   *
   * @param why in one line, with the way out
   */
  record Refused(String why) implements Entry {}
}
