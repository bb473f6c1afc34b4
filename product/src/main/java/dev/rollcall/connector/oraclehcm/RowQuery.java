package dev.rollcall.connector.oraclehcm;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be read, but for which of them.
 *
 * @param resource its name
 * @param key the attribute in whose order they come, which no change of a row changes
 * @param what which parts of a row: {@code fields} or {@code expand}, with its value
 * @param q null for all
 * @param on as of which day
 */
record RowQuery(
    String resource,
    String key,
    Map<String, String> what,
    @Nullable String q,
    LocalDate on,
    int framework) {

  RowQuery {
    what = Map.copyOf(what);
  }

  /** The same rows, with nothing but what identifies them. */
  RowQuery keysOnly() {
    return new RowQuery(resource, key, Map.of("fields", key), q, on, framework);
  }

  Map<String, String> parameters(int offset, int limit) {
    Map<String, String> parameters = new LinkedHashMap<>(what);
    parameters.put("onlyData", "true");
    parameters.put("orderBy", key + ":asc");
    parameters.put("effectiveDate", on.toString());
    if (q != null) {
      parameters.put("q", q);
    }
    parameters.put("offset", Integer.toString(offset));
    parameters.put("limit", Integer.toString(limit));
    return parameters;
  }
}
