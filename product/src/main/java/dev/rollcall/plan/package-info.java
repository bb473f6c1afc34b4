/**
 * Thinking without I/O: from a person's facts, the rules, the found account and a day to the wanted
 * account, the changes with their reasons, and the next day on which the answer could differ. No
 * clock, no I/O; every class here is immutable or lives within one call, so all may be shared by
 * threads.
 */
@NullMarked
package dev.rollcall.plan;

import org.jspecify.annotations.NullMarked;
