/** Every decision and what came of it, append-only. */
@NullMarked
package dev.rollcall.audit;

import org.jspecify.annotations.NullMarked;
