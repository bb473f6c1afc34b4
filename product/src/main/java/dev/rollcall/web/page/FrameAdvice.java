package dev.rollcall.web.page;

import dev.rollcall.web.door.Asker;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame into the model of every page of this package. */
@ControllerAdvice(basePackageClasses = Frame.class)
final class FrameAdvice {

  @ModelAttribute("frame")
  Frame frame(HttpServletRequest request) {
    return Frame.around(request.getRequestURI(), Asker.now().orElse(null));
  }
}
