@NullMarked
package dev.rollcall.intake;

import org.jspecify.annotations.NullMarked;
