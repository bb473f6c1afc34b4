package dev.rollcall.web;

import dev.rollcall.access.RefusedAccess;
import dev.rollcall.db.FaultText;
import dev.rollcall.intake.Requests.RefusedRequest;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.web.api.TooLarge;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** How failures are told by the REST API: as problems, with one sentence under {@code detail}. */
@RestControllerAdvice
final class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  /** What others say may hold more than whoever asks is to know. */
  private static final String AWAY =
      "Another system did not answer as it should; the log of the service says more";

  /** What was named does not exist. */
  static final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFound(String message) {
      super(message);
    }
  }

  /** It exists, but may not be done here. */
  static final class Forbidden extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Forbidden(String message) {
      super(message);
    }
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> notFound(NotFound failure) {
    return answer(HttpStatus.NOT_FOUND, failure.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> forbidden(Forbidden failure) {
    return answer(HttpStatus.FORBIDDEN, failure.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(RefusedRequest failure) {
    return answer(
        failure.unknown() ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT, failure.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(RefusedAccess failure) {
    HttpStatus status =
        switch (failure.kind()) {
          case UNKNOWN -> HttpStatus.NOT_FOUND;
          case CONFLICT -> HttpStatus.CONFLICT;
          case UNFIT -> HttpStatus.BAD_REQUEST;
        };
    return answer(status, failure.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(Reloading.Refused failure) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(failure.getMessage()));
    problem.setProperty("problems", failure.problems());
    return Problems.answer(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> badInput(IllegalArgumentException failure) {
    return answer(HttpStatus.BAD_REQUEST, failure.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> badType(MethodArgumentTypeMismatchException failure) {
    return answer(
        HttpStatus.BAD_REQUEST, "'" + failure.getValue() + "' is no valid " + failure.getName());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooLarge(TooLarge failure) {
    return answer(HttpStatus.CONTENT_TOO_LARGE, failure.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLarge tooLarge) {
        return tooLarge(tooLarge);
      }
    }
    log.debug("Unreadable request", failure);
    return answer(HttpStatus.BAD_REQUEST, "The request body is not the JSON that is expected");
  }

  /** For example a NUL character, which JSON can hold and PostgreSQL cannot. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> unstorable(DataIntegrityViolationException failure) {
    log.warn("A request held a value that the database cannot take: {}", FaultText.of(failure));
    return answer(HttpStatus.BAD_REQUEST, "A value was given that the database cannot take");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreachable(UncheckedIOException failure) {
    log.warn("A request failed at another system", failure);
    return answer(HttpStatus.SERVICE_UNAVAILABLE, AWAY);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> stopped(ErrandOver paused) {
    return answer(HttpStatus.CONFLICT, paused.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> away(ConnectorException failure) {
    if (failure.getCause() instanceof DataIntegrityViolationException value) {
      return unstorable(value);
    }
    log.warn("A request failed at another system ({})", failure.kind(), failure);
    return answer(HttpStatus.SERVICE_UNAVAILABLE, AWAY);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> database(DataAccessException failure) {
    log.warn("A request failed at the database", failure);
    return answer(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached at the moment");
  }

  /**
   * Everything else: what Spring refuses by itself, and defects of ours, of which only the log says
   * more.
   */
  @ExceptionHandler
  @Nullable ResponseEntity<ProblemDetail> other(
      Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
    if (failure instanceof ErrorResponse known) {
      status =
          Objects.requireNonNullElse(HttpStatus.resolve(known.getStatusCode().value()), status);
      known
          .getHeaders()
          .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }
    if (status.is5xxServerError()) {
      log.error("A request failed", failure);
    }
    if (Problems.wantsPage(request, request.getRequestURI())) {
      response.sendError(status.value());
      return null;
    }
    return answer(status, sentence(status, failure));
  }

  private static String sentence(HttpStatus status, Exception failure) {
    return switch (failure) {
      case MissingServletRequestParameterException missing ->
          "'" + missing.getParameterName() + "' is missing";
      case HttpRequestMethodNotSupportedException other ->
          "This address takes no " + other.getMethod();
      case HttpMediaTypeNotSupportedException _ ->
          "The Content-Type is not one that is taken here; "
              + MediaType.APPLICATION_JSON_VALUE
              + " is";
      case HttpMediaTypeNotAcceptableException other ->
          "What is given here is "
              + other.getSupportedMediaTypes().stream()
                  .map(MediaType::toString)
                  .collect(Collectors.joining(", "))
              + ", which the header Accept leaves out";
      default ->
          status.is5xxServerError()
              ? "Something went wrong inside; the log of the service says what"
              : status == HttpStatus.NOT_FOUND
                  ? "Nothing is at this address"
                  : "The request is not understood";
    };
  }

  private static ResponseEntity<ProblemDetail> answer(HttpStatus status, @Nullable String text) {
    return Problems.answer(status, String.valueOf(text));
  }
}
