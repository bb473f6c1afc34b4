@NullMarked
package dev.rollcall.sync.budget;

import org.jspecify.annotations.NullMarked;
