/** What a person should look at, until somebody has or it is over. */
@NullMarked
package dev.rollcall.finding;

import org.jspecify.annotations.NullMarked;
