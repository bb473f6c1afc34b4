/**
 * Okta over real HTTP: users, groups, tokens, rate limits and faults of one tenant, with a control
 * API beside them. Written from Okta's documents and recorded traffic alone.
 */
@NullMarked
package dev.rollcall.simulators.okta;

import org.jspecify.annotations.NullMarked;
