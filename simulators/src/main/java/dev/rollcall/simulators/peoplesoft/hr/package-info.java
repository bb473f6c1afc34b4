/**
 * PeopleSoft HR as a database: its tables, believable people in them, what happens to them, the
 * requests that follow, and what a correct receiver ends with.
 */
@NullMarked
package dev.rollcall.simulators.peoplesoft.hr;

import org.jspecify.annotations.NullMarked;
