/** The System Log: what happened in the tenant, for whoever may read it. */
@NullMarked
package dev.rollcall.simulators.okta.log;

import org.jspecify.annotations.NullMarked;
