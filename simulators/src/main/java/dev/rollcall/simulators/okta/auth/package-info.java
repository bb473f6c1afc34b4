/** Who may call: API tokens, service applications with signed assertions, proofs of possession. */
@NullMarked
package dev.rollcall.simulators.okta.auth;

import org.jspecify.annotations.NullMarked;
