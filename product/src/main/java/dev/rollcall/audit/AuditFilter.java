package dev.rollcall.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit are asked for; a null part does not restrict.
 *
 * @param source the source of the subject
 * @param subject the source's id of the subject
 * @param from not before this time
 * @param to before this time
 * @param before only entries that come behind this one, which was the last of the page before
 */
public record AuditFilter(
    @Nullable String instance,
    @Nullable String source,
    @Nullable String subject,
    @Nullable Long event,
    @Nullable AuditKind kind,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long before) {

  /** The same, from behind this entry on. */
  AuditFilter behind(long entry) {
    return new AuditFilter(instance, source, subject, event, kind, from, to, entry);
  }
}
