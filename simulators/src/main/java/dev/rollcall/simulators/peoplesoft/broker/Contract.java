package dev.rollcall.simulators.peoplesoft.broker;

import dev.rollcall.simulators.peoplesoft.message.ConstituentSync;
import java.time.Instant;
import java.util.Set;

/**
 * One publication on its way to the node. It stays the same however often it is sent, so a resend
 * has the same TransactionID and the same stamp.
 *
 * @param position its place in the order of delivery; differs from the order of ids for a late one
 */
public record Contract(
    long id,
    long position,
    String emplid,
    String transactionId,
    Instant published,
    ConstituentSync message,
    Set<Twist> twists) {
  public Contract {
    twists = Set.copyOf(twists);
  }
}
