package dev.rollcall.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * What goes wrong when half of the answer is out already: the connection is broken off, so that
 * nobody takes the half for the whole.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CutOff implements HandlerExceptionResolver {

  private static final Logger log = LoggerFactory.getLogger(CutOff.class);

  /** That an answer was broken off. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken() {
      super("The answer was broken off", null, false, false); // why stands in the log already
    }
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failure) {
    if (!response.isCommitted()) {
      return null;
    }
    log.warn("An answer was broken off", failure);
    throw new Broken();
  }
}
