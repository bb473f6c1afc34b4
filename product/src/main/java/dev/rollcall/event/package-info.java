/** The event table: append, claim, finish, look up. */
@NullMarked
package dev.rollcall.event;

import org.jspecify.annotations.NullMarked;
