/** The words of Rollcall: records and sealed types, nothing that does anything. */
@NullMarked
package dev.rollcall.model;

import org.jspecify.annotations.NullMarked;
