package dev.rollcall.web.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses who could not read the answer before anything is done for them, not after it: what was
 * asked for twice would be done twice.
 */
final class AcceptCheck implements HandlerInterceptor {

  private final HeaderContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws HttpMediaTypeNotAcceptableException {
    if (handler instanceof HandlerMethod method) {
      Operation said =
          AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Operation.class);
      List<MediaType> given =
          ApiDocument.types(said).stream().map(MediaType::parseMediaType).toList();
      List<MediaType> asked = header.resolveMediaTypes(new ServletWebRequest(request));
      if (given.stream().noneMatch(one -> asked.stream().anyMatch(one::isCompatibleWith))) {
        throw new HttpMediaTypeNotAcceptableException(given);
      }
    }
    return true;
  }
}
