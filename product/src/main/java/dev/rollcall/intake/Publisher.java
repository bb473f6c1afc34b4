package dev.rollcall.intake;

import dev.rollcall.spi.ImageInbox;

/**
 * An instance whose source publishes everybody at once.
 *
 * @param instance its name
 * @param images takes what it publishes
 */
public record Publisher(String instance, ImageInbox images) {}
