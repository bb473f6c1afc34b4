package dev.rollcall.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided about a suspended event.
 *
 * @param event the suspended event
 * @param followUp the event that carries the decision out
 * @param account the account that is the subject's; null when a new one is to be made
 * @param by who decided
 * @param at when, on Rollcall's clock
 * @param why in their words
 */
public record Decision(
    long event,
    long followUp,
    String instance,
    SubjectKey subject,
    @Nullable String account,
    String by,
    Instant at,
    String why) {

  /** The decision in a few words. */
  public String what() {
    return account == null ? "a new account" : "account " + account;
  }
}
