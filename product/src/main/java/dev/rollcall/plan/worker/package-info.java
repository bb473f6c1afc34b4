/** Thinking about people whom one record tells of, with a first and a last day. */
@NullMarked
package dev.rollcall.plan.worker;

import org.jspecify.annotations.NullMarked;
