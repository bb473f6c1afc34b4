/** The listener and the REST API over real HTTP, as a stranger meets them. */
@NullMarked
package dev.rollcall.web;

import org.jspecify.annotations.NullMarked;
