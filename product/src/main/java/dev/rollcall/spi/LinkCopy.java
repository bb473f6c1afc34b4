package dev.rollcall.spi;

import dev.rollcall.model.SubjectKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the links that a source keeps for its own programs. It is read once, when Rollcall
 * begins; from then on Rollcall's links decide, and the copy is written after them.
 */
public interface LinkCopy {

  /**
   * One row.
   *
   * @param login the account's, null when the copy does not say
   */
  record Copied(SubjectKey subject, String accountId, @Nullable String login) {}

  /**
   * Hands over everybody who has an account, one after the other.
   *
   * @throws ConnectorException when the read failed; then some may have been handed over
   */
  void each(Consumer<Copied> consumer);

  /**
   * Makes the copy say this; what it says already is not written again.
   *
   * @throws ConnectorException when the write failed
   */
  void write(Copied copied);
}
