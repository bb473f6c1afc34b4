/** SCC_CONSTITUENT_SYNC: which rows a change sends, with which action, and how they are written. */
@NullMarked
package dev.rollcall.simulators.peoplesoft.message;

import org.jspecify.annotations.NullMarked;
