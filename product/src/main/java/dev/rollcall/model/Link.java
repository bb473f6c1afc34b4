package dev.rollcall.model;

/**
 * Who is who on the other side: unique in both directions per target system.
 *
 * @param target the target system's name
 * @param accountId the account's id there
 */
public record Link(SubjectKey subject, String target, String accountId) {}
