package dev.rollcall.web.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Whatever could not be answered: a page for a browser, a problem (RFC 9457) for a program. Neither
 * says more than the status: what went wrong inside stands in the log.
 */
@Controller
final class ErrorPages implements ErrorController {

  /** What the page says. */
  record Shown(int status, String title, String text) {}

  @RequestMapping("/error")
  Object error(HttpServletRequest request) {
    HttpStatus status = status(request);
    Shown shown = shown(status);
    if (wantsPage(request)) {
      return new ModelAndView("error", Map.of("error", shown), status);
    }
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, shown.text());
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static HttpStatus status(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    return Objects.requireNonNullElse(status, HttpStatus.INTERNAL_SERVER_ERROR);
  }

  /** Programs ask below {@code /api}, or do not name HTML. */
  private static boolean wantsPage(HttpServletRequest request) {
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    String accept = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
    return accept.contains(MediaType.TEXT_HTML_VALUE) && !path.startsWith("/api/");
  }

  private static Shown shown(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND ->
          new Shown(404, "There is nothing here", "Nothing is at this address any more, or yet.");
      case FORBIDDEN ->
          new Shown(
              403,
              "You may not see this",
              "Your role does not reach this far. Somebody with the role admin can change that.");
      case METHOD_NOT_ALLOWED ->
          new Shown(405, "Not in this way", "This address is there, but takes no such request.");
      case BAD_REQUEST ->
          new Shown(
              400, "That was not understood", "Something in the request is not as it should be.");
      default ->
          new Shown(
              status.value(),
              "Something went wrong",
              "It is not your doing. Try again; when it stays so, the service's log says why.");
    };
  }
}
