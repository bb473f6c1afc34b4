/** Who changed, who decided? Messages and requests become events. */
@NullMarked
package dev.rollcall.intake;

import org.jspecify.annotations.NullMarked;
