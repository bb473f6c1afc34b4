package dev.rollcall.spi;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to one account.
 *
 * @param found the account as read, null when it is to be created
 * @param wanted the account as it should be
 * @param changes the difference between the two, in the order to apply it; empty when the account
 *     only has to be linked
 * @param decided whether a person decided which account it is: then a new one is made although
 *     another has the same second attribute
 */
public record Application(
    SubjectKey subject,
    @Nullable Account found,
    Account wanted,
    List<Change> changes,
    boolean decided) {
  public Application {
    changes = List.copyOf(changes);
  }

  /** What the rules alone came to. */
  public Application(
      SubjectKey subject, @Nullable Account found, Account wanted, List<Change> changes) {
    this(subject, found, wanted, changes, false);
  }
}
