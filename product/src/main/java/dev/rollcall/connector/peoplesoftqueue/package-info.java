/**
 * The database of PeopleSoft: its request queue, its people, who changed, and its copy of who has
 * which account.
 */
@NullMarked
package dev.rollcall.connector.peoplesoftqueue;

import org.jspecify.annotations.NullMarked;
