package dev.rollcall.sync;

import dev.rollcall.db.FaultText;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.NotNow;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/**
 * What a failure says: whether it is about everybody, and what becomes of the event it is about.
 */
final class Trouble {

  private static final Logger log = LoggerFactory.getLogger(Trouble.class);
  private static final int LONGEST = 4_000;
  private static final String DATA_EXCEPTION = "22";
  private static final String WHOLE_ROW = "Detail: Failing row contains";

  private Trouble() {}

  /** Whether the other side is away as a whole: then smaller pieces would fail just the same. */
  static boolean concernsAll(RuntimeException failure) {
    return failure instanceof ConnectorException said
        ? switch (said.kind()) {
          case RATE_LIMITED, UNAVAILABLE, REFUSED_CREDENTIALS -> true;
          case NOT_FOUND, CONFLICT, INVALID, UNREADABLE -> false;
        }
        : failure instanceof NotNow
            || failure instanceof ErrandOver
            // Of our own database only a refused value is about one person.
            || (failure instanceof NestedRuntimeException
                && !(failure instanceof DataIntegrityViolationException));
  }

  /** What becomes of the one event that fails like this. */
  static Outcome outcome(SyncEvent event, RuntimeException failure) {
    return switch (failure) {
      case ConnectorException said ->
          new Outcome.Failed(said.kind(), shortened(String.valueOf(said.getMessage())), true);
      case DuplicateKeyException taken ->
          new Outcome.Failed(ErrorKind.CONFLICT, mostSpecific(taken), true);
      case DataIntegrityViolationException refused ->
          new Outcome.Failed(kind(refused), mostSpecific(refused), true);
      default -> unexpected(event, failure);
    };
  }

  /**
   * A defect of ours: trying again cannot help, and a person has to see it. What the exception says
   * may quote the facts it stumbled over, so that is left to the log, which has rules for it.
   */
  private static Outcome unexpected(SyncEvent event, RuntimeException failure) {
    try (var _ = MDC.putCloseable("event", Long.toString(event.id()))) {
      log.warn("Event {} failed unexpectedly", event.id(), failure);
    }
    StackTraceElement[] trace = failure.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new Outcome.Failed(
        ErrorKind.INVALID,
        "unexpected failure: %s%s; more is in the service's log under event %d"
            .formatted(FaultText.of(failure), where, event.id()),
        false);
  }

  private static ErrorKind kind(DataIntegrityViolationException refused) {
    return refused.getMostSpecificCause() instanceof SQLException said
            && String.valueOf(said.getSQLState()).startsWith(DATA_EXCEPTION)
        ? ErrorKind.INVALID
        : ErrorKind.CONFLICT;
  }

  private static String mostSpecific(DataIntegrityViolationException failure) {
    String said = String.valueOf(failure.getMostSpecificCause().getMessage());
    // PostgreSQL tells the whole row, with everything that is never to be shown.
    int row = said.indexOf(WHOLE_ROW);
    return shortened((row < 0 ? said : said.substring(0, row)).strip());
  }

  /** What others say may be a whole page; it is kept for each event. */
  static String shortened(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "... (" + text.length() + " characters)";
  }
}
