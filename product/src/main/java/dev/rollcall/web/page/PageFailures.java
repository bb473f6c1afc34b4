package dev.rollcall.web.page;

import dev.rollcall.access.RefusedAccess;
import dev.rollcall.intake.Requests.RefusedRequest;
import dev.rollcall.spi.ConnectorException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** How what goes wrong is told to somebody who looks at a page. */
@ControllerAdvice(basePackageClasses = Frame.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageFailures {

  private static final Logger log = LoggerFactory.getLogger(PageFailures.class);

  /** What was named does not exist. */
  static final class NotThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String title;

    NotThere(String title, String text) {
      super(text);
      this.title = title;
    }
  }

  /** What was filled in cannot be taken. */
  static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String text) {
      super(text);
    }
  }

  @ExceptionHandler
  ModelAndView unfit(Unfit failure) {
    return page(
        HttpStatus.BAD_REQUEST,
        "Something is missing",
        failure.getMessage() + " Go back, and fill it in.");
  }

  @ExceptionHandler
  ModelAndView notThere(NotThere failure) {
    return page(HttpStatus.NOT_FOUND, failure.title, String.valueOf(failure.getMessage()));
  }

  @ExceptionHandler
  ModelAndView refused(RefusedRequest failure) {
    return failure.unknown()
        ? page(HttpStatus.NOT_FOUND, "There is nothing here", failure.getMessage() + ".")
        : page(HttpStatus.CONFLICT, "That was not done", failure.getMessage() + ".");
  }

  @ExceptionHandler
  ModelAndView refused(RefusedAccess failure) {
    return switch (failure.kind()) {
      case UNKNOWN ->
          page(HttpStatus.NOT_FOUND, "There is nothing here", failure.getMessage() + ".");
      case CONFLICT -> page(HttpStatus.CONFLICT, "That was not done", failure.getMessage() + ".");
      case UNFIT -> page(HttpStatus.BAD_REQUEST, "That was not done", failure.getMessage() + ".");
    };
  }

  @ExceptionHandler({
    MethodArgumentTypeMismatchException.class,
    MissingServletRequestParameterException.class
  })
  ModelAndView notUnderstood() {
    return page(
        HttpStatus.BAD_REQUEST,
        "That was not understood",
        "Something in the address is not as it should be.");
  }

  @ExceptionHandler
  ModelAndView away(ConnectorException failure) {
    log.warn("A page failed at another system", failure);
    return page(
        HttpStatus.SERVICE_UNAVAILABLE,
        "Not at the moment",
        "Another system did not answer as it should: " + failure.getMessage());
  }

  @ExceptionHandler
  ModelAndView database(DataAccessException failure) {
    log.warn("A page failed at the database", failure);
    return page(
        HttpStatus.SERVICE_UNAVAILABLE,
        "Not at the moment",
        "Rollcall's database cannot be reached. It is tried again with every request.");
  }

  private static ModelAndView page(HttpStatus status, String title, String text) {
    return new ModelAndView(
        "error", Map.of("error", new ErrorPages.Shown(status.value(), title, text)), status);
  }
}
