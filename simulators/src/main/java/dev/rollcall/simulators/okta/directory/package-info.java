/** Users, groups and who is in what: the truth of one tenant, and how it may change. */
@NullMarked
package dev.rollcall.simulators.okta.directory;

import org.jspecify.annotations.NullMarked;
