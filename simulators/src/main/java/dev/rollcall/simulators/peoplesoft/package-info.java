/**
 * PeopleSoft Campus as an outsider meets it: what it holds, what it publishes, and the control API.
 */
@NullMarked
package dev.rollcall.simulators.peoplesoft;

import org.jspecify.annotations.NullMarked;
