package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.intake.Requests.RefusedRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stops an instance and lets it go on. What is noticed meanwhile is stored as ever. */
public final class Pauses {

  private final Database database;
  private final InstanceStates states;
  private final Audit audit;
  private final Runnable wakeUp;

  /**
   * @param wakeUp told when an instance goes on
   */
  public Pauses(Database database, InstanceStates states, Audit audit, Runnable wakeUp) {
    this.database = database;
    this.states = states;
    this.audit = audit;
    this.wakeUp = wakeUp;
  }

  /**
   * Pauses an instance. When this returns, no process writes for it any more, and none will until
   * it is resumed; also after a restart.
   *
   * @param by who asks
   * @param why in their words, or null
   * @throws RefusedRequest when somebody is still writing after all patience; the instance is
   *     paused all the same
   */
  public void pause(String instance, String by, @Nullable String why) {
    database.inTransaction(() -> {
      if (states.pause(instance, by, why)) {
        remember("pause", instance, by, why);
      }
    });
    // Only now: whoever asks from here on sees the pause, so only those before have to be waited
    // for.
    if (!states.awaitWriters(instance)) {
      throw new RefusedRequest(
          instance
              + " is paused and begins nothing more, but something that began before is still"
              + " writing; repeat the command to wait for its end",
          false);
    }
  }

  /**
   * Lets a paused instance go on; one that is not paused is left as it is.
   *
   * @param by who asks
   * @param why in their words, or null
   */
  public void resume(String instance, String by, @Nullable String why) {
    database.inTransaction(() -> {
      if (states.resume(instance)) {
        remember("resume", instance, by, why);
      }
    });
    wakeUp.run();
  }

  private void remember(String action, String instance, String by, @Nullable String why) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("action", action);
    entry.put("by", by);
    if (why != null) {
      entry.put("why", why);
    }
    audit.append(List.of(new AuditEntry(AuditKind.REQUESTED, instance, null, null, entry)));
  }
}
