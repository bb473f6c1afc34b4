package dev.rollcall.simulators.peoplesoft.message;

import java.util.Set;

/**
 * A row with its action.
 *
 * @param changed the fields that carry IsChanged
 */
public record SentRow(Row row, Action action, Set<String> changed) {}
