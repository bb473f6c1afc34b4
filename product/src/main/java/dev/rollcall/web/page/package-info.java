/** The pages people look at, rendered by the server. */
@NullMarked
package dev.rollcall.web.page;

import org.jspecify.annotations.NullMarked;
