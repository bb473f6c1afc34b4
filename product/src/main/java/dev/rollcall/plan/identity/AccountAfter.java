package dev.rollcall.plan.identity;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An account as it is after changes, without asking anybody. */
final class AccountAfter {

  private AccountAfter() {}

  /**
   * @param found as it was before, null when it is made
   * @param id the other side's own id, null when there is none yet
   */
  static Account of(@Nullable Account found, @Nullable String id, List<Change> changes) {
    Status status = found == null ? Status.STAGED : found.status();
    Map<String, Value> attributes = new HashMap<>(found == null ? Map.of() : found.attributes());
    Set<String> groups = new TreeSet<>(found == null ? Set.of() : found.groups());
    for (Change change : changes) {
      switch (change) {
        case Change.Create(String login, String _) -> {
          status = Status.STAGED;
          attributes.put(IdentitySettings.LOGIN, new Value.Text(login));
        }
        case Change.Update update -> {
          // As it is found again: an attribute that was emptied is not there.
          if (update.after() instanceof Value.Text text) {
            attributes.put(update.attribute(), text);
          } else {
            attributes.remove(update.attribute());
          }
        }
        case Change.Activate _, Change.Unsuspend _ -> status = Status.ENABLED;
        case Change.Deactivate _ -> status = Status.DISABLED;
        case Change.Suspend _ -> status = Status.SUSPENDED;
        case Change.JoinGroup(String group, String _) -> groups.add(group);
        case Change.LeaveGroup(String group, String _) -> groups.remove(group);
        // Such an account has none.
        case Change.PutAffiliation _ -> {}
      }
    }
    return new Account(
        id, status, attributes, groups, found == null ? List.of() : found.affiliations());
  }
}
