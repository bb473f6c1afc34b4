package dev.rollcall.sync;

import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.InstanceStates.Pause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.NotNow;
import java.time.Duration;

/**
 * Somebody wants to know about everybody: a call or more for each person. It comes behind all other
 * calls and waits for room however long that takes; a pause of the instance ends it, because a
 * paused instance calls nobody for long. Nothing can be changed.
 */
final class LongQuestion implements Errand {

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final String instance;
  private final CallBudget budget;
  private final InstanceStates states;

  LongQuestion(String instance, CallBudget budget, InstanceStates states) {
    this.instance = instance;
    this.budget = budget;
    this.states = states;
  }

  /**
   * @throws ErrandOver when the instance is paused
   */
  @Override
  public void before(String bucket, boolean write) {
    if (write) {
      throw new IllegalStateException("A question must not change anything: " + bucket);
    }
    boolean room = false;
    while (!room) {
      mayGoOn();
      room = room(bucket);
    }
    mayGoOn();
  }

  private boolean room(String bucket) {
    try {
      budget.acquire(bucket, Priority.BULK);
      return true;
    } catch (NotNow later) {
      rest(later);
      return false;
    }
  }

  private static void rest(NotNow later) {
    try {
      Thread.sleep(BETWEEN);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ConnectorException(
          ErrorKind.RATE_LIMITED, String.valueOf(later.getMessage()), later);
    }
  }

  private void mayGoOn() {
    for (InstanceStates.Standing standing : states.all()) {
      Pause pause = standing.pause();
      if (standing.instance().equals(instance) && pause != null) {
        throw new ErrandOver(
            "%s is paused by %s, and asking about everybody takes many calls: resume it, then ask again"
                .formatted(instance, pause.by()));
      }
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
