package dev.rollcall.sync;

import dev.rollcall.db.Database;
import dev.rollcall.link.AppliedOrigin;
import dev.rollcall.link.Links;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.util.List;
import java.util.Map;

/**
 * Links accounts of other systems. A link to another account gives way: whoever works an event has
 * just seen that this one is gone there.
 */
final class AccountLinks {

  private final Database database;
  private final Links links;

  AccountLinks(Database database, Links links) {
    this.database = database;
    this.links = links;
  }

  /** Links an account that was just made or found. */
  void put(Instance instance, SyncEvent event, String accountId) {
    database.inTransaction(() -> put(instance, event, accountId, Map.of()));
  }

  /**
   * The same, joining the caller's transaction.
   *
   * @param origins where the values that were written come from, by attribute
   */
  void put(
      Instance instance, SyncEvent event, String accountId, Map<String, AppliedOrigin> origins) {
    SubjectKey subject = event.subject();
    String before = links.find(instance.targetName(), List.of(subject)).get(subject);
    if (before != null && !before.equals(accountId)) {
      links.remove(instance.targetName(), subject, before);
    }
    links.put(
        instance.targetName(), List.of(new Links.Applied(subject, accountId, event.id(), origins)));
  }
}
