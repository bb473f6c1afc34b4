/** Who is let in to which address: sign-in, sessions, tokens, and the one table of who may what. */
@NullMarked
package dev.rollcall.web.door;

import org.jspecify.annotations.NullMarked;
