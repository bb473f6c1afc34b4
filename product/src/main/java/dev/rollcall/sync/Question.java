package dev.rollcall.sync;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.NotNow;

/** Somebody only wants to know: reads are paid for like others, and nothing can be changed. */
final class Question implements Errand {

  private final CallBudget budget;

  Question(CallBudget budget) {
    this.budget = budget;
  }

  @Override
  public void before(String bucket, boolean write) {
    if (write) {
      throw new IllegalStateException("A question must not change anything: " + bucket);
    }
    try {
      budget.acquire(bucket, Priority.INTERACTIVE);
    } catch (NotNow later) {
      // Who looks at a page does not wait for a window: they are told.
      throw new ConnectorException(
          ErrorKind.RATE_LIMITED, String.valueOf(later.getMessage()), later);
    }
  }

  @Override
  public void after(Call call) {
    budget.learn(call);
  }

  @Override
  public void made(String accountId) {
    throw new IllegalStateException("A question must not make an account: " + accountId);
  }
}
