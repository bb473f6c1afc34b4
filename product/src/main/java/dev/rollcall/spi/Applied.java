package dev.rollcall.spi;

import dev.rollcall.model.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an application.
 *
 * @param accountId the account's id on the other side
 * @param withheld the changes that were not made although nothing failed
 * @param why why not and what would help, or what a person should know of those that were made (a
 *     value was shortened, an account that was there is used), in one line; null when there is
 *     nothing to say
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
