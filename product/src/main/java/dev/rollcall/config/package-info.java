/** Files and environment to typed settings; secrets. */
@NullMarked
package dev.rollcall.config;

import org.jspecify.annotations.NullMarked;
