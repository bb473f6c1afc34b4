package dev.rollcall.sync;

import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.Errand;

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
    budget.acquire(bucket, Priority.INTERACTIVE);
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
