package dev.rollcall.simulators.peoplesoft.broker;

import java.util.ArrayList;
import java.util.List;

/** The contracts of one person that are not done, in order of delivery; guarded by the broker. */
final class Partition {
  final List<Contract> waiting = new ArrayList<>();
  boolean busy;
}
