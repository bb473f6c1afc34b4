package dev.rollcall.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the source knows about one subject at the moment it was fetched.
 *
 * @param standing whether the source holds the subject
 * @param records its rows by record name, under the source's canonical names
 * @param message the name of the message that told of the subject last: its tables are in force for
 *     it; null where a source has no messages
 */
public record Facts(
    SubjectKey subject,
    Standing standing,
    Map<String, RecordFacts> records,
    @Nullable String message) {

  /** How the source stands to the subject. */
  public enum Standing {
    /** The source said that it added the subject. */
    ADDED,
    /** Only changes were ever told, never that the subject was added. */
    NEVER_ADDED,
    /** The source said that it deleted the subject. */
    DELETED
  }

  public Facts {
    records = Map.copyOf(records);
  }

  /** Facts of a source that has no messages. */
  public Facts(SubjectKey subject, Standing standing, Map<String, RecordFacts> records) {
    this(subject, standing, records, null);
  }

  /** The rows of this record, or null when nothing is known about it. */
  public @Nullable RecordFacts record(String name) {
    return records.get(name);
  }
}
