@NullMarked
package dev.rollcall.config;

import org.jspecify.annotations.NullMarked;
