package dev.rollcall.simulators.okta;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** The scripted faults still to come, in the order in which they were scripted. */
final class Faults {
  /**
   * A fault for some calls.
   *
   * @param method of the calls; empty for any
   * @param path of the calls: {@code *} stands for one segment, {@code **} for any number
   * @param skip how many such calls pass first
   * @param times how many calls it hits
   * @param probability of each such call to be hit
   * @param millis how slow, how wrong, or how far off the reset is
   */
  record Script(
      Fault fault,
      Optional<String> method,
      String path,
      int skip,
      int times,
      double probability,
      long seed,
      long millis) {}

  /** A fault that hits a call now. */
  record Hit(Fault fault, long millis) {}

  private static final class Waiting {
    final Script script;
    final Pattern path;
    final SplittableRandom random;
    int skip;
    int times;

    Waiting(Script script) {
      this.script = script;
      path = pattern(script.path());
      random = new SplittableRandom(script.seed());
      skip = script.skip();
      times = script.times();
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();

  synchronized void script(Script script) {
    waiting.add(new Waiting(script));
  }

  /** What is still to come, with what is left of it. */
  synchronized List<Script> waiting() {
    return waiting.stream()
        .map(one ->
            new Script(
                one.script.fault(),
                one.script.method(),
                one.script.path(),
                one.skip,
                one.times,
                one.script.probability(),
                one.script.seed(),
                one.script.millis()))
        .toList();
  }

  synchronized void clear() {
    waiting.clear();
  }

  /** The first scripted fault that hits this call, which uses it up by one. */
  synchronized Optional<Hit> take(String method, String path) {
    for (Waiting one : List.copyOf(waiting)) {
      if (one.script.method().orElse(method).equals(method)
          && one.path.matcher(path).matches()
          && hits(one)) {
        one.times--;
        waiting.removeIf(other -> other.times == 0);
        return Optional.of(new Hit(one.script.fault(), one.script.millis()));
      }
    }
    return Optional.empty();
  }

  private static boolean hits(Waiting one) {
    if (one.skip > 0) {
      one.skip--;
      return false;
    }
    return one.script.probability() >= 1 || one.random.nextDouble() < one.script.probability();
  }

  private static Pattern pattern(String path) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      if (path.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else {
        regex.append(path.charAt(i) == '*' ? "[^/]+" : Pattern.quote(path.substring(i, i + 1)));
      }
    }
    return Pattern.compile(regex.toString());
  }
}
