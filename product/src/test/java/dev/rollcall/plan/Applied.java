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
        case Change.PutAffiliation put ->
            check(change, put.before(), held.put(put.after().affiliation().key(), put.after()));
        case Change.Activate _, Change.Deactivate _ -> {}
      }
    }
    return new Account("17", status, attributes, List.copyOf(held.values()));
  }

  private static void check(Change change, @Nullable Object before, @Nullable Object found) {
    if (!Objects.equals(before, found)) {
      throw new AssertionError("found " + found + ", not as it says: " + change);
    }
  }

  private static Status statusAfter(Change change, Status before) {
    return switch (change) {
      case Change.Activate _ -> Status.ENABLED;
      case Change.Deactivate _ -> Status.DISABLED;
      case Change.Create _, Change.Update _, Change.PutAffiliation _ -> before;
    };
  }
}
