package dev.rollcall.plan;

/**
 * What an instance may decide about planning.
 *
 * @param createOnChange whether an account is made for a person of whom only changes were ever
 *     told; the guide creates only for those who were added (seed 004 §1.4.5), so normally not
 */
public record PlanSettings(boolean createOnChange) {}
