package dev.rollcall.spi;

import dev.rollcall.model.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an application.
 *
 * @param accountId the account's id on the other side
 * @param withheld the changes that were not made although nothing failed
 * @param why why not and what would help, in one line; null when all of them were made
 */
public record Applied(String accountId, List<Change> withheld, @Nullable String why) {
  public Applied {
    withheld = List.copyOf(withheld);
  }

  /** Everything was done. */
  public Applied(String accountId) {
    this(accountId, List.of(), null);
  }
}
