package dev.rollcall.simulators.okta.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/** What happens to identity sources; all of it in order is what is known of them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface SourceEvent {
  /** What an import did with one person. */
  @EnumNaming(LowerCamelCaseStrategy.class)
  enum Verdict {
    /** A user was made. */
    CREATED,
    /** A user who was there was linked. */
    LINKED,
    /** Something of the linked user was changed. */
    UPDATED,
    /** What was sent is what was known already. */
    UNCHANGED,
    /** The linked user was deactivated, or unassigned where the source does not hold lifecycles. */
    DELETED,
    /** Nobody of that id is assigned; this is no error. */
    IGNORED,
    /** Somebody has to confirm it first. */
    HELD,
    /** It could not be done. */
    FAILED
  }

  /** The source is like this now. */
  record SourceSaved(Source source) implements SourceEvent {}

  /**
   * The session is like this now.
   *
   * @param what the verb, for example {@code created} or {@code triggered}
   */
  record SessionSaved(String what, Session session) implements SourceEvent {}

  /**
   * A session took a bulk request, whose body is that of the call.
   *
   * @param moves whether the session is in progress with it; a deletion of strangers moves nothing
   */
  record Uploaded(
      String source,
      String session,
      int number,
      Upload.Kind upload,
      int rows,
      int bytes,
      boolean moves)
      implements SourceEvent {}

  /**
   * An import came to one person.
   *
   * @param upload the number of the session's bulk request
   * @param row of it, from 0
   * @param appUser the application's record of them, if there is one
   * @param user whom it was done to, if there is somebody
   * @param userName as it was sent, or is known
   * @param reason why not, where it could not be done
   */
  record Applied(
      String source,
      String session,
      int upload,
      int row,
      String externalId,
      Verdict verdict,
      @Nullable String appUser,
      @Nullable String user,
      @Nullable String userName,
      @Nullable String reason)
      implements SourceEvent {}

  /** The import safeguard stopped a session; no import is processed until somebody says so. */
  record Paused(String source, String session, int ending, int assigned) implements SourceEvent {}

  /** Imports go on. */
  record Resumed() implements SourceEvent {}
}
