/** HTTPS: the certificate that is shown, and how it is renewed. */
@NullMarked
package dev.rollcall.web.tls;

import org.jspecify.annotations.NullMarked;
