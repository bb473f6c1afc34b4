@NullMarked
package dev.rollcall.finding;

import org.jspecify.annotations.NullMarked;
