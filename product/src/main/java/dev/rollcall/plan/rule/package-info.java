/**
 * Rules that an instance adds to its mapping: who is left out, how values are transformed, what is
 * valid. Pure like the rest of {@code plan}; everything here may be shared by threads.
 */
@NullMarked
package dev.rollcall.plan.rule;

import org.jspecify.annotations.NullMarked;
