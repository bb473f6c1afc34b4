@NullMarked
package dev.rollcall.event;

import org.jspecify.annotations.NullMarked;
