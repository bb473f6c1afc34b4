package dev.rollcall.simulators.http;

import dev.rollcall.simulators.state.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One control call, read strictly: a misspelt key is refused instead of ignored. */
public record Call(Map<String, String> path, Map<String, String> query, ObjectNode body) {

  /** Refuses every key of the body that is not one of these. */
  public Call only(Set<String> known) {
    for (String name : body.propertyNames()) {
      if (!known.contains(name)) {
        throw new BadCall("unknown key '" + name + "'; known are " + new TreeSet<>(known));
      }
    }
    return this;
  }

  public Call only(String... known) {
    return only(Set.of(known));
  }

  public boolean has(String name) {
    return body.hasNonNull(name);
  }

  public Optional<String> text(String name) {
    return has(name) ? Optional.of(value(name, String.class)) : Optional.empty();
  }

  public String required(String name) {
    return text(name).orElseThrow(() -> new BadCall("'" + name + "' is missing"));
  }

  public int count(String name, int fallback) {
    int count = has(name) ? value(name, Integer.class) : fallback;
    if (count < 0) {
      throw new BadCall("'" + name + "' must not be negative");
    }
    return count;
  }

  public long number(String name, long fallback) {
    return has(name) ? value(name, Long.class) : fallback;
  }

  public double fraction(String name, double fallback) {
    double fraction = has(name) ? value(name, Double.class) : fallback;
    if (fraction < 0 || fraction > 1) {
      throw new BadCall("'" + name + "' must lie between 0 and 1");
    }
    return fraction;
  }

  public boolean flag(String name, boolean fallback) {
    return has(name) ? value(name, Boolean.class) : fallback;
  }

  public <T> T value(String name, Class<T> type) {
    JsonNode node = body.path(name);
    if (node.isMissingNode()) {
      throw new BadCall("'" + name + "' is missing");
    }
    try {
      return Json.MAPPER.treeToValue(node, type);
    } catch (JacksonException e) {
      throw new BadCall("'" + name + "' is not valid: " + e.getOriginalMessage());
    }
  }

  public <T> T value(String name, Class<T> type, T fallback) {
    return has(name) ? value(name, type) : fallback;
  }
}
