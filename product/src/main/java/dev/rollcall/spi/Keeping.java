package dev.rollcall.spi;

import java.time.Instant;
import java.util.List;

/** What a connector keeps of the past, and lets go of when it is old. */
public interface Keeping {

  /**
   * Ways over what is old, in the order to go them.
   *
   * @param contentsBefore for what came from outside, as it came
   * @param tracesBefore for what is only kept to recognize what comes again; never for what still
   *     says something about anybody
   * @param remove whether to let go, or only to say what would go; both say the same
   */
  List<Sweep> sweeps(Instant contentsBefore, Instant tracesBefore, boolean remove);
}
