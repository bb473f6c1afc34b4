/** The truth: the people Campus holds, how they change, and what a correct identity looks like. */
@NullMarked
package dev.rollcall.simulators.peoplesoft.population;

import org.jspecify.annotations.NullMarked;
