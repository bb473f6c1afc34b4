/**
 * What all of the REST API has in common: the document that describes it, made from the controllers
 * themselves, and what is checked before one of them is asked.
 */
@NullMarked
package dev.rollcall.web.api;

import org.jspecify.annotations.NullMarked;
