package dev.rollcall.intake;

import dev.rollcall.spi.AccountTarget;

/**
 * Where the accounts of an instance are.
 *
 * @param targetName the target system's name: links are unique within it
 */
public record Accounts(String instance, String targetName, AccountTarget target) {}
