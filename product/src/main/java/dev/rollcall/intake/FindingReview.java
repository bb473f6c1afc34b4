package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.finding.Findings;
import dev.rollcall.finding.StandingFinding;
import dev.rollcall.intake.Requests.RefusedRequest;
import java.util.List;
import java.util.Map;

/** A person has looked at a finding: it is out of the way while it says the same. */
public final class FindingReview {

  private final Database database;
  private final Findings findings;
  private final Audit audit;

  public FindingReview(Database database, Findings findings, Audit audit) {
    this.database = database;
    this.findings = findings;
    this.audit = audit;
  }

  /**
   * Puts a finding out of the way.
   *
   * @param why not blank
   * @param by who looked
   * @return the finding as it was
   * @throws RefusedRequest when there is none, or it was looked at before, or is over
   */
  public StandingFinding done(long id, String why, String by) {
    return database.inTransaction(() -> {
      StandingFinding finding =
          findings
              .lock(id)
              .orElseThrow(() ->
                  new RefusedRequest(
                      "No finding " + id + " waits; it is over, or somebody has looked at it",
                      true));
      findings.done(id, by, why);
      audit.append(
          List.of(
              new AuditEntry(
                  AuditKind.FINDING_DONE,
                  finding.instance(),
                  finding.subject(),
                  finding.event(),
                  Map.of("by", by, "why", why, "kind", finding.kind(), "text", finding.text()))));
      return finding;
    });
  }
}
