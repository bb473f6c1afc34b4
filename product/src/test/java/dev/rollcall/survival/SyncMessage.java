package dev.rollcall.survival;

/**
 * One SCC_CONSTITUENT_SYNC as Integration Broker sends it.
 *
 * @param number of this person's messages, from 1
 * @param timestamp later than that of the person's message before
 */
record SyncMessage(String emplid, int number, String transactionId, String timestamp, String xml) {}
