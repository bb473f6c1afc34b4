/** Files that are handed over: which wait in a directory, where they go, what is said of them. */
@NullMarked
package dev.rollcall.files;

import org.jspecify.annotations.NullMarked;
