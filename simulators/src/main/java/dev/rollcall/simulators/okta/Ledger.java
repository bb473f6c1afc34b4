package dev.rollcall.simulators.okta;

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
 * The witness, and the tenant's only memory: what it was sent, in order, what it answered, and each
 * change. A call without an answer line was under way when the simulator was killed.
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
            case Entry.Changed changed -> lastChange.accumulateAndGet(changed.change(), Math::max);
            case Entry.Sourced sourced -> lastChange.accumulateAndGet(sourced.change(), Math::max);
            case Entry.Answered answered -> {}
            case Entry.Noted noted -> {}
            case Entry.Settled settled -> {}
            case Entry.ClockSet set -> {}
          }
          each.accept(entry);
        });
    lines = JsonLines.open(file);
  }

  static Path file(Path directory) {
    return directory.resolve("okta-ledger.jsonl");
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

  /** Calls after a number, in order, each with its changes and its answer inside. */
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
            request.withArray("changes").add(told(line));
          }
        });
    return new ArrayList<>(requests.values());
  }

  /** All changes in order, those made by hand among them. */
  List<ObjectNode> changes() {
    List<ObjectNode> changes = new ArrayList<>();
    JsonLines.read(
        file,
        line -> {
          if (line.path("kind").asString("").equals("Changed")) {
            ObjectNode told = told(line);
            told.put("request", line.path("request").asLong());
            told.set("at", line.path("at"));
            changes.add(told);
          }
        });
    return changes;
  }

  /** What imports did to people, in order, each with session, bulk request and row. */
  List<ObjectNode> applied(String source) {
    List<ObjectNode> applied = new ArrayList<>();
    JsonLines.read(
        file,
        line -> {
          JsonNode what = line.path("what");
          if (line.path("kind").asString("").equals("Sourced")
              && what.path("kind").asString("").equals("Applied")
              && what.path("source").asString("").equals(source)) {
            ObjectNode told = told(line);
            told.put("request", line.path("request").asLong());
            told.set("at", line.path("at"));
            applied.add(told);
          }
        });
    return applied;
  }

  @Override
  public void close() {
    lines.close();
  }

  /** A change in few words: the verb, whom it is about, and what they were like afterwards. */
  private static ObjectNode told(JsonNode line) {
    JsonNode what = line.path("what");
    ObjectNode told = Json.MAPPER.createObjectNode();
    told.put("change", line.path("change").asLong());
    switch (what.path("kind").asString("")) {
      case "UserSaved" -> {
        JsonNode user = what.path("user");
        told.put("what", what.path("what").asString("")).put("user", user.path("id").asString(""));
        told.put("status", user.path("status").asString(""));
        told.set("profile", user.path("profile"));
      }
      case "UserRemoved" -> told.put("what", "deleted").put("user", what.path("id").asString(""));
      case "GroupSaved" ->
          told.put("what", "group " + what.path("what").asString(""))
              .put("group", what.path("group").path("id").asString(""));
      case "GroupRemoved" ->
          told.put("what", "group deleted").put("group", what.path("id").asString(""));
      case "Joined", "Left" ->
          told.put("what", what.path("kind").asString("").equals("Joined") ? "joined" : "left")
              .put("user", what.path("user").asString(""))
              .put("group", what.path("group").asString(""));
      case "Mailed" ->
          told.put("what", "mailed")
              .put("user", what.path("mail").path("user").asString(""))
              .put("mail", what.path("mail").path("what").asString(""));
      case "SourceSaved" ->
          told.put("what", "source saved")
              .put("source", what.path("source").path("id").asString(""));
      case "SessionSaved" ->
          told.put("what", "session " + what.path("what").asString(""))
              .put("session", what.path("session").path("id").asString(""))
              .put("status", what.path("session").path("status").asString(""));
      case "Applied" -> {
        told.put("what", "applied");
        told.setAll(((ObjectNode) what).without(List.of("kind")));
      }
      case "Uploaded" -> {
        told.put("what", "uploaded");
        told.setAll(((ObjectNode) what).without(List.of("kind")));
      }
      case "Paused" ->
          told.put("what", "imports stopped").put("session", what.path("session").asString(""));
      case "Resumed" -> told.put("what", "imports resumed");
      default -> throw new IllegalStateException("no such change: " + what);
    }
    return told;
  }
}
