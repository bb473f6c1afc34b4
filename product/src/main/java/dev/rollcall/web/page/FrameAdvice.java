package dev.rollcall.web.page;

import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import dev.rollcall.web.door.Asker;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame, and how things are said, into the model of every page of this package. */
@ControllerAdvice(basePackageClasses = Frame.class)
final class FrameAdvice {

  private final Wording wording;
  private final boolean outside;

  FrameAdvice(WebParts parts) {
    this.outside = parts.instances().stream().anyMatch(one -> one.outside() != null);
    this.wording =
        new Wording(
            parts.clock(),
            parts.instances().stream().findFirst().map(Instance::zone).orElse(ZoneOffset.UTC));
  }

  @ModelAttribute("frame")
  Frame frame(HttpServletRequest request) {
    return Frame.around(request.getRequestURI(), Asker.now().orElse(null), outside);
  }

  @ModelAttribute("say")
  Wording say() {
    return wording;
  }
}
