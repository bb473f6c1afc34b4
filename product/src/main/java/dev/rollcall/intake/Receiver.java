package dev.rollcall.intake;

import dev.rollcall.access.SenderRule;
import dev.rollcall.spi.Inbox;

/**
 * An instance that is sent messages.
 *
 * @param instance its name
 * @param itResource the name the sender proves itself with
 * @param active when false, target authentication always fails ({@code
 *     facts/oim-campus-connector.md §3})
 * @param senders who else has to be who sends
 */
public record Receiver(
    String instance, String itResource, boolean active, SenderRule senders, Inbox inbox) {

  /** One that asks its senders for nothing but the IT resource. */
  public Receiver(String instance, String itResource, boolean active, Inbox inbox) {
    this(instance, itResource, active, SenderRule.everybody(), inbox);
  }
}
