package dev.rollcall.sync.budget;

import java.time.Instant;

/**
 * A window that is over.
 *
 * @param openedAt on Rollcall's clock
 * @param permitted calls of ours
 * @param used of them
 * @param refused calls answered with 429
 */
public record SpentWindow(
    String target, String bucket, Instant openedAt, int permitted, int used, int refused) {}
