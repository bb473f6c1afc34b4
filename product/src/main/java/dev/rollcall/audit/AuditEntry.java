package dev.rollcall.audit;

import dev.rollcall.model.SubjectKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit.
 *
 * @param instance the instance it belongs to, or null
 * @param subject who it is about, or null
 * @param event the event it belongs to, or null
 * @param entry what happened; never holds a secret or a national id
 */
public record AuditEntry(
    AuditKind kind,
    @Nullable String instance,
    @Nullable SubjectKey subject,
    @Nullable Long event,
    Map<String, ?> entry) {}
