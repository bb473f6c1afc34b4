/** Who may come in, and what they may do: users, their sessions, tokens of programs. */
@NullMarked
package dev.rollcall.access;

import org.jspecify.annotations.NullMarked;
