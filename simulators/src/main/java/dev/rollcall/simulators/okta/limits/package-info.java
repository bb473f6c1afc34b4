/** Which calls share a rate limit, and how much of each limit is used. */
@NullMarked
package dev.rollcall.simulators.okta.limits;

import org.jspecify.annotations.NullMarked;
