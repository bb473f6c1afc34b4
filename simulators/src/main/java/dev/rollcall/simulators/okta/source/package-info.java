/**
 * Identity sources (Anything-as-a-Source): sessions that take profiles in bulk, and the import that
 * turns them into users.
 */
@NullMarked
package dev.rollcall.simulators.okta.source;

import org.jspecify.annotations.NullMarked;
