package dev.rollcall.connector.oraclehcm;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a poll has come. How far a run was read stands with what it staged, so that both are kept
 * or neither.
 *
 * @param told up to which number has been told who changed
 * @param run the run that is read, or of which is told; null between runs
 * @param pages how many pages of it were read
 */
record RunCheckpoint(long told, @Nullable Long run, int pages) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static RunCheckpoint read(@Nullable String text) {
    if (text == null) {
      return new RunCheckpoint(0, null, 0);
    }
    try {
      return JSON.readValue(text, RunCheckpoint.class);
    } catch (JacksonException unreadable) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE,
          "the checkpoint of Oracle HCM is not one that this connector wrote",
          null);
    }
  }

  String write() {
    return JSON.writeValueAsString(this);
  }
}
