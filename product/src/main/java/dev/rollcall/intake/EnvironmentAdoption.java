package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.guard.Difference;
import dev.rollcall.guard.EnvironmentLock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A person says that a copied or moved database belongs where it is now. */
public final class EnvironmentAdoption {

  private final Database database;
  private final EnvironmentLock environment;
  private final Audit audit;
  private final Runnable wakeUp;

  /**
   * @param wakeUp told afterwards, so that what waits is worked at once
   */
  public EnvironmentAdoption(
      Database database, EnvironmentLock environment, Audit audit, Runnable wakeUp) {
    this.database = database;
    this.environment = environment;
    this.audit = audit;
    this.wakeUp = wakeUp;
  }

  /**
   * Binds the database to where it is now, and says so in the audit. Nothing is written where
   * nothing differs.
   *
   * @param by who says so
   * @param why for whoever reads the audit
   * @return what differed
   * @throws IllegalArgumentException without a reason
   */
  public List<Difference> adopt(String by, String why) {
    if (why.isBlank()) {
      throw new IllegalArgumentException("Adopting a database needs a reason");
    }
    List<Difference> differences =
        database.inTransaction(() -> {
          List<Difference> found = environment.adopt();
          if (!found.isEmpty()) {
            audit.append(List.of(entry(by, why, found)));
          }
          return found;
        });
    environment.lookAgain();
    wakeUp.run();
    return differences;
  }

  private static AuditEntry entry(String by, String why, List<Difference> differences) {
    return new AuditEntry(
        AuditKind.ADOPTED,
        null,
        null,
        null,
        Map.of(
            "by",
            by,
            "why",
            why,
            "differences",
            differences.stream().map(EnvironmentAdoption::told).toList()));
  }

  private static Map<String, Object> told(Difference difference) {
    Map<String, Object> told = new HashMap<>();
    told.put("fact", difference.fact());
    told.put("bound", difference.bound());
    told.put("now", difference.now());
    return told;
  }
}
