/** The commands, as child processes, held against the contract. */
@NullMarked
package dev.rollcall.cli;

import org.jspecify.annotations.NullMarked;
