/**
 * Okta's users and groups, one call at a time. What is known of the other side stands in {@code
 * facts/okta.md}; nothing here is repeated by itself but a call whose access token had run out.
 */
@NullMarked
package dev.rollcall.connector.okta;

import org.jspecify.annotations.NullMarked;
