package dev.rollcall.web.page;

import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import dev.rollcall.web.door.Asker;
import dev.rollcall.web.page.Frame.Needs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame, and how things are said, into the model of every page of this package. */
@ControllerAdvice(basePackageClasses = Frame.class)
final class FrameAdvice {

  private final Wording wording;
  private final Set<Needs> there;

  FrameAdvice(WebParts parts) {
    this.there = EnumSet.noneOf(Needs.class);
    for (Instance one : parts.instances()) {
      if (one.outside() != null) {
        there.add(Needs.OUTSIDE);
      }
      if (one.bulk() != null) {
        there.add(Needs.SESSIONS);
      }
    }
    this.wording =
        new Wording(
            parts.clock(),
            parts.instances().stream().findFirst().map(Instance::zone).orElse(ZoneOffset.UTC));
  }

  @ModelAttribute("frame")
  Frame frame(HttpServletRequest request) {
    return Frame.around(request.getRequestURI(), Asker.now().orElse(null), there);
  }

  @ModelAttribute("say")
  Wording say() {
    return wording;
  }
}
