package dev.rollcall.access;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is written down when somebody comes in or what they may do changes. */
final class AccessAudit {

  private final Audit audit;

  AccessAudit(Audit audit) {
    this.audit = audit;
  }

  /** Joins the caller's transaction. */
  void changed(String by, Map<String, ?> what) {
    LinkedHashMap<String, Object> entry = new LinkedHashMap<>();
    entry.put("by", by);
    entry.putAll(what);
    append(AuditKind.ACCESS_CHANGED, entry);
  }

  void signedIn(String user, String address) {
    append(AuditKind.SIGNED_IN, Map.of("by", user, "address", address));
  }

  /**
   * @param user only somebody who exists: others may have typed a password there
   */
  void refused(String user, String address, String why) {
    append(AuditKind.SIGN_IN_REFUSED, Map.of("user", user, "address", address, "reason", why));
  }

  private void append(AuditKind kind, Map<String, ?> entry) {
    audit.append(List.of(new AuditEntry(kind, null, null, null, entry)));
  }
}
