/** The REST API and the message endpoint: reads, and acts through {@code intake}. */
@NullMarked
package dev.rollcall.web;

import org.jspecify.annotations.NullMarked;
