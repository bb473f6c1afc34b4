package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Change;
import dev.rollcall.model.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The smallest target there is: does to an account what the changes say, and nothing else. */
final class Applied {

  private Applied() {}

  static @Nullable Account to(@Nullable Account found, List<Change> changes) {
    if (found == null && changes.isEmpty()) {
      return null;
    }
    Status status = found == null ? Status.ENABLED : found.status();
    Map<String, Value> attributes = new HashMap<>(found == null ? Map.of() : found.attributes());
    Set<String> groups = new TreeSet<>(found == null ? Set.of() : found.groups());
    Map<Affiliation.Key, HeldAffiliation> held = new LinkedHashMap<>();
    if (found != null) {
      found.affiliations().forEach(has -> held.put(has.affiliation().key(), has));
    }
    for (Change change : changes) {
      status = statusAfter(change, status);
      switch (change) {
        case Change.Create create -> attributes.put("login", new Value.Text(create.login()));
        case Change.Update update -> {
          Value before = attributes.put(update.attribute(), update.after());
          check(change, update.before(), before == null ? null : before.textOrNull());
        }
        case Change.PutAffiliation put -> {
          HeldAffiliation before = put.before();
          Affiliation.Key key = put.after().affiliation().key();
          if (before != null && !before.affiliation().key().equals(key)) {
            check(change, before, held.remove(before.affiliation().key()));
            check(change, null, held.put(key, put.after()));
          } else {
            check(change, before, held.put(key, put.after()));
          }
        }
        case Change.JoinGroup join -> check(change, true, groups.add(join.group()));
        case Change.LeaveGroup leave -> check(change, true, groups.remove(leave.group()));
        case Change.Activate _, Change.Deactivate _, Change.Suspend _, Change.Unsuspend _ -> {}
      }
    }
    return new Account("17", status, attributes, groups, List.copyOf(held.values()));
  }

  private static void check(Change change, @Nullable Object before, @Nullable Object found) {
    if (!Objects.equals(before, found)) {
      throw new AssertionError("found " + found + ", not as it says: " + change);
    }
  }

  private static Status statusAfter(Change change, Status before) {
    return switch (change) {
      case Change.Activate _, Change.Unsuspend _ -> Status.ENABLED;
      case Change.Deactivate _ -> Status.DISABLED;
      case Change.Suspend _ -> Status.SUSPENDED;
      case Change.Create _, Change.Update _ -> before;
      case Change.PutAffiliation _, Change.JoinGroup _, Change.LeaveGroup _ -> before;
    };
  }
}
