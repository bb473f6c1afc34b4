package dev.rollcall.connector.okta;

import dev.rollcall.http.Exchange;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.MasteredElsewhere;

/** What kind of failure an answer is. Only code and status decide: Okta's words may change. */
public final class OktaFailure {

  private OktaFailure() {}

  /** What an answer without success means. */
  public static ConnectorException of(OktaCall call, Exchange answer) {
    OktaError error = OktaError.of(answer);
    String message = "Okta answered %s: %s".formatted(call.named(), error.text());
    if (error.code().equals("E0000023")) {
      return new MasteredElsewhere(message);
    }
    ErrorKind kind = kind(call, error);
    return new ConnectorException(kind, message + advice(error, kind), null);
  }

  private static ErrorKind kind(OktaCall call, OktaError error) {
    return switch (error.status()) {
      case 400 -> bad(error);
      case 401 -> ErrorKind.REFUSED_CREDENTIALS;
      case 403 -> forbidden(call, error);
      // Without Okta's own code somebody between answered, and nothing is known about anybody.
      case 404 ->
          switch (error.code()) {
            case "E0000007" -> ErrorKind.NOT_FOUND;
            case "" -> ErrorKind.UNREADABLE;
            default -> ErrorKind.INVALID;
          };
      // "Still being activated" passes by itself, in minutes.
      case 409 -> error.code().equals("E0000112") ? ErrorKind.UNAVAILABLE : ErrorKind.CONFLICT;
      case 412 -> ErrorKind.CONFLICT;
      case 423 -> ErrorKind.UNAVAILABLE;
      default ->
          kindOfTrouble(
              error.status(), error.code().isEmpty() ? ErrorKind.UNREADABLE : ErrorKind.INVALID);
    };
  }

  /**
   * What a status means whoever answered, and whatever was asked.
   *
   * @param refusal what it is otherwise
   */
  static ErrorKind kindOfTrouble(int status, ErrorKind refusal) {
    if (status < 400) {
      return ErrorKind.UNREADABLE;
    }
    if (status == 429) {
      return ErrorKind.RATE_LIMITED;
    }
    return status >= 500 || status == 408 ? ErrorKind.UNAVAILABLE : refusal;
  }

  private static ErrorKind bad(OktaError error) {
    return switch (error.code()) {
      case "invalid_request", "invalid_dpop_proof", "invalid_token" ->
          ErrorKind.REFUSED_CREDENTIALS;
      // There is no code of its own for a value that is taken; whoever creates looks for himself.
      case "E0000001" ->
          error.causes().stream().anyMatch(cause -> cause.contains("already exists"))
              ? ErrorKind.CONFLICT
              : ErrorKind.INVALID;
      case "" ->
          error.summary().contains("DPoP") ? ErrorKind.REFUSED_CREDENTIALS : ErrorKind.UNREADABLE;
      default -> ErrorKind.INVALID;
    };
  }

  private static ErrorKind forbidden(OktaCall call, OktaError error) {
    return switch (error.code()) {
      // One account may be out of reach, as an administrator's is; then others are not.
      case "E0000006" -> call.ofOne() ? ErrorKind.INVALID : ErrorKind.REFUSED_CREDENTIALS;
      case "E0000016", "E0000032", "E0000038" -> ErrorKind.CONFLICT;
      case "" -> ErrorKind.REFUSED_CREDENTIALS;
      default -> error.code().startsWith("E0") ? ErrorKind.INVALID : ErrorKind.REFUSED_CREDENTIALS;
    };
  }

  private static String advice(OktaError error, ErrorKind kind) {
    if (error.status() == 429) {
      return "";
    }
    return switch (kind) {
      case REFUSED_CREDENTIALS ->
          switch (error.status()) {
            case 400 -> "; look at the dpop setting and the app in Okta";
            case 401 ->
                "; look at the token or key of this tenant, and whether its owner is active";
            default ->
                "; give the administrator of the token, or the service app, the scope and the role for it";
          };
      case UNREADABLE -> "; that was hardly Okta: look at the base URL and what is between";
      case RATE_LIMITED, UNAVAILABLE, NOT_FOUND, CONFLICT, INVALID -> "";
    };
  }
}
