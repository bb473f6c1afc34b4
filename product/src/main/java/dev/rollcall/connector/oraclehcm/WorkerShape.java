package dev.rollcall.connector.oraclehcm;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One of the two resources that tell of workers: what is asked of it, and how to read it. */
sealed interface WorkerShape permits WorkersShape, EmpsShape {

  /** The parts of a row that are needed, as {@code fields} or {@code expand}. */
  Map<String, String> parts();

  /** Where the last day of a work relationship stands, to ask by. */
  String termination();

  /** Whether a person can have several rows. */
  boolean severalRows();

  /**
   * What is told of a person, without the name of their location.
   *
   * @param rows all of theirs
   * @throws UnusableRow when it contradicts itself or cannot be understood
   */
  WorkerRecord read(String personId, List<JsonNode> rows, LocalDate today);

  /** When a row was created, null when that is not told. */
  static @Nullable LocalDate created(JsonNode row) {
    return Given.date(row, "CreationDate");
  }

  static WorkerShape of(HcmSettings settings) {
    return switch (settings.reader()) {
      case WORKERS -> new WorkersShape();
      case EMPS -> new EmpsShape();
    };
  }
}
