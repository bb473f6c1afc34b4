/** The event table: append, claim, finish, look up, tidy. */
@NullMarked
package dev.rollcall.event;

import org.jspecify.annotations.NullMarked;
