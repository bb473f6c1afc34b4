package dev.rollcall.spi;

import dev.rollcall.model.ErrorKind;

/**
 * The other side takes nothing about this account from us, because another system is the master of
 * it. Trying again does not help: a person has to look at it.
 */
public final class MasteredElsewhere extends ConnectorException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the account and what the other side answered
   */
  public MasteredElsewhere(String message) {
    super(ErrorKind.INVALID, message, null);
  }
}
