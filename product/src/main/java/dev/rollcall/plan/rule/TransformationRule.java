package dev.rollcall.plan.rule;

/**
 * Gives an attribute another value than the mapped one.
 *
 * @param attribute the identity's name for it
 * @param label the guide's name for it
 * @param expression gives the new text; blank clears the attribute
 */
public record TransformationRule(String attribute, String label, Expression<String> expression) {}
