@NullMarked
package dev.rollcall.architecture;

import org.jspecify.annotations.NullMarked;
