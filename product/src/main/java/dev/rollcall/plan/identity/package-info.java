/**
 * Thinking about people with identity types, for the route hr-to-okta: which login, values, groups
 * and state their account is to have, and what single lines of requests come to. No clock, no I/O;
 * every class here is immutable or lives within one call.
 */
@NullMarked
package dev.rollcall.plan.identity;

import org.jspecify.annotations.NullMarked;
