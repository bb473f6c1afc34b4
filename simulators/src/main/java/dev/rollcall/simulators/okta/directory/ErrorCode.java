package dev.rollcall.simulators.okta.directory;

/** Okta's codes with their statuses and summaries; {@code %s} stands for what is said about it. */
public enum ErrorCode {
  E0000001(400, "Api validation failed: %s"),
  E0000002(400, "The request was not valid: %s"),
  E0000003(400, "The request body was not well-formed."),
  E0000006(403, "You do not have permission to perform the requested action"),
  E0000007(404, "Not found: Resource not found: %s"),
  E0000008(404, "The requested path was not found"),
  E0000009(500, "Internal Server Error"),
  E0000010(503, "Service is in read only mode"),
  E0000011(401, "Invalid token provided"),
  E0000012(404, "Unsupported media type"),
  E0000015(401, "You do not have permission to access the feature you are requesting"),
  E0000016(403, "Activation failed because the user is already active"),
  E0000018(400, "Bad request.  Accept and/or Content-Type headers are likely not set."),
  E0000019(
      400,
      "Bad request.  Accept and/or Content-Type headers likely do not match supported values."),
  E0000021(
      400,
      "Bad request.  Accept and/or Content-Type headers likely do not match supported values."),
  E0000022(405, "The endpoint does not support the provided HTTP method"),
  E0000023(403, "Operation failed because user profile is mastered under another system"),
  E0000028(400, "The request is missing a required parameter."),
  E0000029(400, "Invalid paging request."),
  E0000030(
      400,
      "Bad request. Invalid date. Dates must be of the form yyyy-MM-dd'T'HH:mm:ss.SSSZZ, e.g."
          + " 2013-01-01T12:00:00.000-07:00."),
  E0000031(400, "Invalid search criteria."),
  E0000032(403, "Unlock is not allowed for this user."),
  E0000033(400, "Bad request. Can't specify a search query and filter in the same request."),
  E0000038(403, "This operation is not allowed in the user's current status."),
  E0000047(429, "API call exceeded rate limit due to too many requests."),
  E0000055(409, "Duplicate group."),
  E0000093(400, "Target count limit exceeded"),
  E0000112(
      409,
      "Cannot update this user because they are still being activated. Please try again in a few"
          + " minutes."),
  E0000124(
      400,
      "Could not create user. To create a user and expire their password immediately, a password"
          + " must be specified"),
  E0000125(
      400,
      "Could not create user. To create a user and expire their password immediately,"
          + " \"activate\" must be true"),
  E0000231(412, "ETag value doesn't match.");

  private final int status;
  private final String summary;

  ErrorCode(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  /** The HTTP status it comes with. */
  public int status() {
    return status;
  }

  String summary(String about) {
    return summary.replace("%s", about);
  }
}
