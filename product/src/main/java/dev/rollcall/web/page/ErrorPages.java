package dev.rollcall.web.page;

import dev.rollcall.web.Problems;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
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
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    if (Problems.wantsPage(request, path)) {
      return new ModelAndView("error", Map.of("error", shown), status);
    }
    return Problems.answer(status, shown.text());
  }

  private static HttpStatus status(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    return Objects.requireNonNullElse(status, HttpStatus.INTERNAL_SERVER_ERROR);
  }

  private static Shown shown(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND ->
          new Shown(404, "There is nothing here", "Nothing is at this address any more, or yet.");
      case FORBIDDEN ->
          new Shown(
              403,
              "You may not do this",
              "Your role does not reach this far, or the page was too old: go back, renew it and"
                  + " try again. Somebody with the role admin can change your role.");
      case METHOD_NOT_ALLOWED ->
          new Shown(405, "Not in this way", "This address is there, but takes no such request.");
      case BAD_REQUEST ->
          new Shown(
              400, "That was not understood", "Something in the request is not as it should be.");
      case SERVICE_UNAVAILABLE ->
          new Shown(
              503,
              "Not at the moment",
              "Rollcall's database cannot be reached. It is tried again with every request.");
      default ->
          new Shown(
              status.value(),
              "Something went wrong",
              "It is not your doing. Try again; when it stays so, the service's log says why.");
    };
  }
}
