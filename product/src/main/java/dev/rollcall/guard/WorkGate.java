package dev.rollcall.guard;

import dev.rollcall.spi.Source;
import java.util.Map;
import java.util.Optional;

/** Whether an instance may be worked where this process runs. */
public final class WorkGate {

  private final EnvironmentLock environment;
  private final SourceLock sources;
  private final Map<String, Source> sourceOf;

  /**
   * @param sourceOf the source of each instance
   */
  public WorkGate(
      EnvironmentLock environment, SourceLock sources, Map<String, ? extends Source> sourceOf) {
    this.environment = environment;
    this.sources = sources;
    this.sourceOf = Map.copyOf(sourceOf);
  }

  /** Why it may not; empty when it may. Not to be called in a transaction. */
  public Optional<String> objection(String instance) {
    Source source = sourceOf.get(instance);
    Optional<String> database = environment.objection().map(Objection::text);
    return database.isPresent() || source == null
        ? database
        : sources.objectionTo(instance, source);
  }
}
