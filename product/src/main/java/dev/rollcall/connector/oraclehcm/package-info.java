/**
 * Oracle HCM Cloud's REST API: its workers, read in runs into a stage of our own, one at a time
 * where it matters. What is known of the other side stands in {@code facts/oracle-hcm.md}; nothing
 * is ever written there.
 */
@NullMarked
package dev.rollcall.connector.oraclehcm;

import org.jspecify.annotations.NullMarked;
