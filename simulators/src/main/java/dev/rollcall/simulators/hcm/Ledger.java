package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.state.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The witness, and the tenant's only memory: what it was asked, in order, what it answered, and
 * what happened to people. A call without an answer was under way when the simulator was killed.
 */
final class Ledger implements AutoCloseable {
  private final Path file;
  private final JsonLines lines;
  private final AtomicLong lastRequest = new AtomicLong();
  private final AtomicLong lastChange = new AtomicLong();

  /**
   * Opens a ledger, new or left behind.
   *
   * @param each is handed what it says already, in order
   */
  Ledger(Path file, Consumer<Entry> each) {
    this.file = file;
    JsonLines.read(
        file,
        line -> {
          Entry entry = Json.MAPPER.treeToValue(line, Entry.class);
          switch (entry) {
            case Entry.Asked asked -> lastRequest.accumulateAndGet(asked.request(), Math::max);
            case Entry.Acted acted -> lastChange.accumulateAndGet(acted.change(), Math::max);
            case Entry.Answered answered -> {}
            case Entry.Settled settled -> {}
            case Entry.ClockSet set -> {}
          }
          each.accept(entry);
        });
    lines = JsonLines.open(file);
  }

  static Path file(Path directory) {
    return directory.resolve("hcm-ledger.jsonl");
  }

  /** Writes a call down under the next number, which it returns. */
  synchronized long ask(LongFunction<Entry.Asked> call) {
    long number = lastRequest.incrementAndGet();
    lines.append(call.apply(number));
    return number;
  }

  long nextChange() {
    return lastChange.incrementAndGet();
  }

  void write(Entry entry) {
    lines.append(entry);
  }

  /** Calls after a number, in order, each with its answer and what happened behind it inside. */
  List<JsonNode> requests(long after) {
    Map<Long, ObjectNode> requests = new LinkedHashMap<>();
    JsonLines.read(
        file,
        line -> {
          long number = line.path("request").asLong(0);
          if (number <= after || !(line instanceof ObjectNode object)) {
            return;
          }
          ObjectNode request = requests.get(number);
          if (line.path("kind").asString("").equals("Asked")) {
            requests.put(number, object.without(List.of("kind")));
          } else if (request != null && line.path("kind").asString("").equals("Answered")) {
            request.set("answer", object.without(List.of("kind", "request")));
          } else if (request != null) {
            request.withArray("changes").add(object.without(List.of("kind", "request")));
          }
        });
    return new ArrayList<>(requests.values());
  }

  @Override
  public void close() {
    lines.close();
  }
}
