/** Who is who on the other side, and where the values last applied there came from. */
@NullMarked
package dev.rollcall.link;

import org.jspecify.annotations.NullMarked;
