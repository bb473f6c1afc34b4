package dev.rollcall.simulators.peoplesoft.broker;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The scripted faults still to come; each contract send takes at most one of each kind. */
public final class Faults {
  /** A fault for the next sends, of one person or of anybody. */
  public record Fault(Twist fault, int times, Optional<String> emplid) {}

  private final List<Fault> waiting = new ArrayList<>();

  public synchronized void script(Fault fault) {
    waiting.add(fault);
  }

  public synchronized List<Fault> waiting() {
    return List.copyOf(waiting);
  }

  public synchronized void clear() {
    waiting.clear();
  }

  synchronized Set<Twist> take(String emplid) {
    Set<Twist> taken = EnumSet.noneOf(Twist.class);
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.emplid().orElse(emplid).equals(emplid) && taken.add(fault.fault())) {
        waiting.set(i, new Fault(fault.fault(), fault.times() - 1, fault.emplid()));
      }
    }
    waiting.removeIf(fault -> fault.times() <= 0);
    return taken;
  }
}
