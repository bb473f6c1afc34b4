package dev.rollcall.spi;

import dev.rollcall.model.Swept;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A way over what is old of one kind, in pieces of a few thousand rows, so that nobody waits for
 * it. It is gone once, by one thread.
 *
 * @param kind what it is, as people see it: {@code events}, {@code messages}
 * @param before what is not older than this is left alone
 * @param next does the next piece in the caller's transaction; empty when there is no more
 */
public record Sweep(String kind, Instant before, Supplier<Optional<Swept>> next) {}
