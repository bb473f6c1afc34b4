package dev.rollcall.link;

import dev.rollcall.model.Origin;

/**
 * Where a value on an account came from, and which event put it there.
 *
 * @param event the event that last changed the value
 */
public record AppliedOrigin(Origin origin, long event) {}
