/**
 * PeopleSoft Campus, as far as its messages tell: takes in {@code SCC_CONSTITUENT_SYNC}, keeps each
 * message as it came and one document of facts per person, and answers from that document.
 */
@NullMarked
package dev.rollcall.connector.campusmessage;

import org.jspecify.annotations.NullMarked;
