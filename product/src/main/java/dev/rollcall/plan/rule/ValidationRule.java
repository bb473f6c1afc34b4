package dev.rollcall.plan.rule;

/**
 * What has to hold for a person to be taken.
 *
 * @param attribute the identity's name for what is looked at
 * @param label the guide's name for it
 * @param expression whether all is well
 */
public record ValidationRule(String attribute, String label, Expression<Boolean> expression) {}
