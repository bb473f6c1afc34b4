package dev.rollcall.connector.oraclehcm;

import dev.rollcall.connector.oraclehcm.HcmSettings.Filter;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a resource says about itself: by what can be asked. Asking by anything else is answered with
 * 400 ({@code facts/oracle-hcm.md §4}).
 *
 * @param resource its name
 * @param attributes by name, those of children behind the child's name and a dot
 * @param missing why nothing is known of it, null when it is
 */
record Described(String resource, Map<String, Attribute> attributes, @Nullable String missing) {

  /**
   * An attribute.
   *
   * @param queryable whether can be asked by it
   * @param number whether its values stand without quotes in a question
   */
  record Attribute(boolean queryable, boolean number) {}

  Described {
    attributes = Map.copyOf(attributes);
  }

  /**
   * Asks once.
   *
   * @throws ConnectorException when it cannot be asked now
   */
  static Described ask(HcmClient client, HcmSettings settings) {
    String resource = settings.reader().resource();
    JsonNode answer;
    try {
      answer = client.whole(resource + "/describe", Map.of(), settings.framework());
    } catch (ConnectorException refused) {
      return switch (refused.kind()) {
        case RATE_LIMITED, UNAVAILABLE, REFUSED_CREDENTIALS, CONFLICT -> throw refused;
        case NOT_FOUND, INVALID, UNREADABLE ->
            new Described(resource, Map.of(), String.valueOf(refused.getMessage()));
      };
    }
    Map<String, Attribute> attributes = new HashMap<>();
    collect(answer.path("Resources").path(resource), "", attributes);
    return new Described(
        resource,
        attributes,
        attributes.isEmpty() ? "%s/describe names no attribute".formatted(resource) : null);
  }

  private static void collect(JsonNode resource, String prefix, Map<String, Attribute> into) {
    for (JsonNode attribute : resource.path("attributes")) {
      String type = attribute.path("type").asString("");
      into.put(
          prefix + attribute.path("name").asString(""),
          new Attribute(
              attribute.path("queryable").asBoolean(false),
              type.equals("integer") || type.equals("number")));
    }
    for (Map.Entry<String, JsonNode> child : resource.path("children").properties()) {
      collect(child.getValue(), prefix + child.getKey() + ".", into);
    }
  }

  boolean isQueryable(String attribute) {
    Attribute known = attributes.get(attribute);
    return known != null && known.queryable();
  }

  /** Whether a value stands without quotes. */
  boolean isNumber(String attribute) {
    Attribute known = attributes.get(attribute);
    return known != null && known.number();
  }

  /**
   * Looks whether can be asked by all that is configured.
   *
   * @throws ConnectorException that names each filter by which cannot be asked
   */
  void check(List<Filter> filters) {
    List<String> refused = new ArrayList<>();
    for (Filter filter : filters) {
      if (!isQueryable(filter.attribute())) {
        refused.add(filter.attribute());
      }
    }
    if (!refused.isEmpty()) {
      throw new ConnectorException(
          ErrorKind.INVALID,
          missing == null
              ? "Oracle HCM cannot be asked for %s by %s: not queryable; take the filter out or choose an attribute that %s/describe calls queryable"
                  .formatted(resource, String.join(", ", refused), resource)
              : "whether Oracle HCM can be asked for %s by %s is not known: %s"
                  .formatted(resource, String.join(", ", refused), missing),
          null);
    }
  }
}
