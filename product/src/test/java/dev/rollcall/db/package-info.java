@NullMarked
package dev.rollcall.db;

import org.jspecify.annotations.NullMarked;
