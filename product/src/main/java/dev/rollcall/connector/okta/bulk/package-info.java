/**
 * Okta's identity sources (Anything-as-a-Source): many people in one session. What is known of the
 * other side stands in {@code facts/okta.md §4, §5, §7}; signing in, the wire and errors are those
 * of {@code connector.okta}.
 */
@NullMarked
package dev.rollcall.connector.okta.bulk;

import org.jspecify.annotations.NullMarked;
