package dev.rollcall.intake;

import dev.rollcall.spi.Inbox;

/**
 * An instance that is sent messages.
 *
 * @param instance its name
 * @param itResource the name the sender proves itself with
 * @param active when false, target authentication always fails ({@code
 *     facts/oim-campus-connector.md §3})
 */
public record Receiver(String instance, String itResource, boolean active, Inbox inbox) {}
