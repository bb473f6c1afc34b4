package dev.rollcall.files;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A piece of a file that was not taken in, as it is written down for people and programs.
 *
 * @param line where it begins, from 1
 * @param emplid whom it seems to be about, null when that cannot be told
 */
public record RejectedPiece(int line, @Nullable String emplid, String reason) {

  private static final JsonMapper JSON = new JsonMapper();

  /** One JSON object in one line, without its end. */
  public String jsonLine(String file) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", file);
    fields.put("line", line);
    fields.put("emplid", emplid == null ? "" : emplid);
    fields.put("reason", reason);
    return JSON.writeValueAsString(fields);
  }
}
