@NullMarked
package dev.rollcall.web.tls;

import org.jspecify.annotations.NullMarked;
