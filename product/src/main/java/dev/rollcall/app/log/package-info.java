/** How the log is written: for people or for programs, and without what is nobody's business. */
@NullMarked
package dev.rollcall.app.log;

import org.jspecify.annotations.NullMarked;
