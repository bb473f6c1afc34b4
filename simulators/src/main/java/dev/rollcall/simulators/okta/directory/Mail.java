package dev.rollcall.simulators.okta.directory;

import java.time.Instant;

/**
 * An e-mail that went out.
 *
 * @param to an address; {@code administrator} where the tenant's own people are told
 * @param what for example {@code activation}
 */
public record Mail(Instant at, String to, String what, String user) {}
