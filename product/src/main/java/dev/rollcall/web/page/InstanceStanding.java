package dev.rollcall.web.page;

import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.InstanceStates.Pause;
import dev.rollcall.model.InstanceState;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether an instance acts.
 *
 * @param pause null unless it is paused
 */
record InstanceStanding(InstanceState state, @Nullable Pause pause) {

  /** How every instance of the settings stands, by name. */
  static Map<String, InstanceStanding> all(WebParts parts) {
    Map<String, InstanceStanding> all = new TreeMap<>();
    for (Instance instance : parts.instances()) {
      all.put(instance.name(), new InstanceStanding(instance.state(), null));
    }
    for (InstanceStates.Standing one : parts.states().all()) {
      all.computeIfPresent(
          one.instance(), (_, _) -> new InstanceStanding(one.state(), one.pause()));
    }
    return all;
  }

  /** How this instance stands; one that is no longer in the settings is off. */
  static InstanceStanding of(WebParts parts, String instance) {
    return all(parts).getOrDefault(instance, new InstanceStanding(InstanceState.OFF, null));
  }

  /** Why nothing is written, in words that follow the instance's name; null when it acts. */
  public @Nullable String blocked() {
    if (pause != null) {
      return "is paused by " + pause.by() + (pause.why() == null ? "" : " (" + pause.why() + ")");
    }
    return switch (state) {
      case OFF -> "is off";
      case PREVIEW -> "is in preview";
      case ON -> null;
    };
  }

  /** What ends that, in a sentence. */
  public String wayOut() {
    if (pause != null) {
      return "Resume it on the overview when it may act.";
    }
    return switch (state) {
      case OFF, PREVIEW -> "Set its state to on in the settings, and restart, when it may act.";
      case ON -> "";
    };
  }

  /** Whether events are not even looked at. */
  public boolean stopped() {
    return pause != null || state == InstanceState.OFF;
  }
}
