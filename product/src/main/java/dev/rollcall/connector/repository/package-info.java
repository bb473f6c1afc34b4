/**
 * The built-in identity repository: identities and their affiliations, in Rollcall's own database.
 */
@NullMarked
package dev.rollcall.connector.repository;

import org.jspecify.annotations.NullMarked;
