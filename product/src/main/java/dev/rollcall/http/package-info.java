/** One exchange over HTTP that keeps status, headers and body on every answer. */
@NullMarked
package dev.rollcall.http;

import org.jspecify.annotations.NullMarked;
