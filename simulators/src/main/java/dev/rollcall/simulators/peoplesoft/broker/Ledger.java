package dev.rollcall.simulators.peoplesoft.broker;

import dev.rollcall.simulators.http.Outcome;
import dev.rollcall.simulators.state.JsonLines;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The witness: a line before each HTTP attempt and one after its answer. An attempt without an
 * answer line was under way when the simulator was killed.
 */
public final class Ledger implements AutoCloseable {
  private final Path file;
  private final Clock clock;
  private final JsonLines lines;
  private final AtomicLong last;

  public Ledger(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    AtomicLong highest = new AtomicLong();
    JsonLines.read(
        file, line -> highest.accumulateAndGet(line.path("attempt").asLong(0), Math::max));
    last = highest;
    lines = JsonLines.open(file);
  }

  /** Writes the attempt and returns its number; {@code what} says what is sent. */
  synchronized long attempt(Map<String, Object> what) {
    long number = last.incrementAndGet();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "attempt");
    line.put("attempt", number);
    line.put("at", clock.instant());
    line.putAll(what);
    lines.append(line);
    return number;
  }

  void answer(long attempt, Outcome outcome, long millis) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "answer");
    line.put("attempt", attempt);
    line.put("at", clock.instant());
    line.put("millis", millis);
    switch (outcome) {
      case Outcome.Answered answered -> {
        line.put("status", answered.status());
        line.put("body", answered.body());
      }
      case Outcome.Unreachable none -> line.put("failure", "no connection: " + none.reason());
      case Outcome.Lost lost -> line.put("failure", lost.reason());
    }
    lines.append(line);
  }

  /** All attempts in order, each with its answer inside where there is one. */
  public List<JsonNode> attempts() {
    Map<Long, ObjectNode> attempts = new LinkedHashMap<>();
    JsonLines.read(
        file,
        line -> {
          if (line instanceof ObjectNode object) {
            long number = object.path("attempt").asLong(0);
            ObjectNode attempt = attempts.get(number);
            if (attempt == null) {
              attempts.put(number, object);
            } else {
              attempt.set("answer", object.without(List.of("kind", "attempt")));
            }
          }
        });
    return new ArrayList<>(attempts.values());
  }

  @Override
  public void close() {
    lines.close();
  }
}
