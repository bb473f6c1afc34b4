/** The commands; those that ask or act go over the REST API. */
@NullMarked
package dev.rollcall.cli;

import org.jspecify.annotations.NullMarked;
