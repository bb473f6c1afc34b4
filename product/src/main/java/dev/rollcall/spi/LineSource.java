package dev.rollcall.spi;

import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source that asks for single actions, in lines of its own ({@code facts/peoplesoft.md §1.9}).
 * Nothing it is told has an effect twice.
 */
public interface LineSource extends Source {

  /**
   * What became of a line.
   *
   * @param status COMP, WARN or ERR
   * @param text for ERROR_MSG: what a person should know, or what the other side answered, whole;
   *     null when there is nothing to say
   * @param accountId for CHG_OKTA_ID; null when there is no account
   */
  record Result(
      Line.Key line, LineStatus status, @Nullable String text, @Nullable String accountId) {}

  /**
   * The lines that stand on NEW, in {@link Line#ORDER}.
   *
   * @param limit at most this many
   * @throws ConnectorException when the read failed
   */
  List<Line> open(int limit);

  /**
   * Which of these lines stand on NEW now.
   *
   * @throws ConnectorException when the read failed
   */
  Set<Line.Key> stillNew(Collection<Line.Key> lines);

  /**
   * Sets those of these lines that stand on NEW to INPR, and their batches accordingly.
   *
   * @throws ConnectorException when the write failed
   */
  void begun(Collection<Line.Key> lines);

  /**
   * Ends with ERR those lines on NEW that can be nobody's, because they name no subject: {@link
   * #open} leaves them out, so nobody else ever would. A source whose lines always name somebody
   * has nothing to do.
   *
   * @return how many there were
   * @throws ConnectorException when they cannot be read or written
   */
  default int endNameless() {
    return 0;
  }

  /**
   * Writes what became of lines, and the status of their batches that follows from it. A line that
   * stands on NEW is left alone: somebody asks for it anew, and {@link #begun} was not told of
   * that.
   *
   * @throws ConnectorException when the write failed
   */
  void report(List<Result> results);
}
